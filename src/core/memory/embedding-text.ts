import { properNames } from './asked-about.ts';

/** How many words of each neighbour are part of a text's window. */
export const neighbourWords = 20;
/** The most pieces of a text, and the fewest words of a piece. */
const maxPieces = 6;
const leastWords = 4;

/** The words of a text as written, split at white space. */
export const wordsIn = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);
/** The end of the text before, as the window of the next text uses it. */
export const lastWords = (text: string): string => wordsIn(text).slice(-neighbourWords).join(' ');
/** The beginning of the text after, as the window of the text before uses it. */
export const firstWords = (text: string): string => wordsIn(text).slice(0, neighbourWords).join(' ');

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * Splits a text into pieces that are embedded separately: sentences, short ones together with their neighbour. A single
 * vector of several sentences would be near none of them. Empty when the text is one piece.
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
 * The question with "I" and "my" in place of the speakers' names. People say "I" about themselves and use names for
 * others, so a name would make the question resemble what the others said.
 */
export function questionText(question: string, speakers: Iterable<string>): string {
  const parts = properNames(speakers);
  if (parts.size === 0) return question;
  const one = `@?(?:${[...parts].join('|')})`;
  const name = new RegExp(`(?<![\\p{L}\\p{N}])${one}(?:\\s+${one})*(['’]s)?(?![\\p{L}\\p{N}])`, 'giu');
  return question.replace(name, (_, owns: string | undefined) => (owns === undefined ? 'I' : 'my'));
}
