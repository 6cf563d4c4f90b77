/** What kept a question from being composed from the team's definitions. */
export type Unread = {
  readonly status: 'unread';
  /** As they stand in the question; none when only the grammar failed. */
  readonly words: readonly string[];
  /** What of the semantic model it names all the same: metrics, datasets. */
  readonly names: readonly string[];
  /** A reading of it that is too seldom right to be the answer, in words that are read the same way again. */
  readonly reading?: string;
};

/** Nothing is known: there is no semantic model. */
export const nothingRead: Unread = { status: 'unread', words: [], names: [] };

/** Words told of at once. */
const told = 3;

/** The words as phrases of the question: what stands side by side there stays together. */
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
