/** Why a question could not be composed from the team's definitions. */
export type Unread = {
  readonly status: 'unread';
  /** Unknown words as written in the question; none when only the grammar failed. */
  readonly words: readonly string[];
  /** Metrics and datasets that it names anyway. */
  readonly names: readonly string[];
  /** A reading of it that is too seldom right to be the answer, in words that are read the same way again. */
  readonly reading?: string;
};

/** For a source without a semantic model. */
export const nothingRead: Unread = { status: 'unread', words: [], names: [] };

/** The most phrases shown at once. */
const told = 3;

/** Joins words that are adjacent in the question into phrases. */
export function phrasesOf(question: string, words: readonly string[]): readonly string[] {
  const phrases: { text: string; end: number }[] = [];
  const lower = question.toLowerCase();
  let from = 0;
  for (const word of words) {
    const start = lower.indexOf(word.toLowerCase(), from);
    if (start === -1) continue;
    from = start + word.length;
    const last = phrases.at(-1);
    const isNext = last !== undefined && question.slice(last.end, start).trim() === '';
    if (isNext) phrases.splice(-1, 1, { text: last.text + question.slice(last.end, from), end: from });
    else phrases.push({ text: question.slice(start, from), end: from });
  }
  return [...new Set(phrases.map(({ text }) => text))].slice(0, told);
}
