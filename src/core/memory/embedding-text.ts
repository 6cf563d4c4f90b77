import { properNames } from './asked-about.ts';

/** Words of each neighbour that belong to the window. */
export const neighbourWords = 20;
/** A text has at most so many pieces, and a piece at least so many words. */
const maxPieces = 6;
const leastWords = 4;

export const wordsIn = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);
export const lastWords = (text: string): string => wordsIn(text).slice(-neighbourWords).join(' ');
export const firstWords = (text: string): string => wordsIn(text).slice(0, neighbourWords).join(' ');

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * A remark of several sentences is about several things, and one vector of it all is near none of them: each sentence
 * is embedded by itself, short ones with their neighbour. Empty when the text is one piece.
 */
export function pieceTexts(text: string): readonly string[] {
  const least = Math.max(leastWords, Math.ceil(wordsIn(text).length / maxPieces));
  const pieces: string[] = [];
  for (const { segment } of sentences.segment(text)) {
    const last = pieces.at(-1);
    const isShort = wordsIn(last ?? '').length < least || wordsIn(segment).length < leastWords;
    if (last !== undefined && isShort) pieces[pieces.length - 1] = `${last} ${segment.trim()}`;
    else if (segment.trim() !== '') pieces.push(segment.trim());
  }
  return pieces.length > 1 ? pieces : [];
}

/**
 * The question with "I" and "my" in place of the names of those who speak. People say "I" of themselves and call each
 * other by name, so the name makes a question resemble what the others say.
 */
export function questionText(question: string, speakers: Iterable<string>): string {
  const parts = properNames(speakers);
  if (parts.size === 0) return question;
  const one = `@?(?:${[...parts].join('|')})`;
  const name = new RegExp(`(?<![\\p{L}\\p{N}])${one}(?:\\s+${one})*(['’]s)?(?![\\p{L}\\p{N}])`, 'giu');
  return question.replace(name, (_, owns: string | undefined) => (owns === undefined ? 'I' : 'my'));
}
