import { type Assignment, assignments } from './align.ts';
import type { BindingsOf } from './bindings.ts';
import { conceptsOf } from './concepts.ts';
import type { ReadQuestion } from './mentions.ts';
import type { Phrasing } from './phrasing.ts';

/** Words that connect a follow-up to the question before. Any other word makes it a new question. */
const connecting = new Set([
  ...['and', 'about', 'how', 'then', 'also', 'same', 'instead', 'but', 'only', 'just', 'too', 'make', 'change', 'to'],
  ...[
    'switch',
    'use',
    'from',
    'with',
    'during',
    'this',
    'time',
    'what',
    'if',
    'a',
    'well',
    'as',
    'yes',
    'no',
    'NOW',
    'over',
    'within',
  ],
  ...['那', '么', '换', '成', '改', '再', '也', '只', '同', '样', '还', '和', '呢', '而', '话', '如', '果'],
]);

/** The most unbound words or Han characters of a follow-up. */
const maxConnecting = 8;

/** Whether the question consists only of connecting words and these bound places. */
function isWhole(question: ReadQuestion, way: Assignment, phrasing: Phrasing): boolean {
  const bound = Object.values(way);
  const isBound = (i: number): boolean => bound.some(({ from, to }) => from <= i && i < to);
  const left = conceptsOf(question.stems.map((stem, i) => (isBound(i) ? '{}' : stem))).filter(
    (concept) => concept !== '{}',
  );
  const hasNumber = bound.some(({ type }) => type === 'number');
  const isRank = (word: string): boolean =>
    (word === 'TOP' || word === 'BOTTOM') && hasNumber && phrasing.elements.includes(word);
  return left.length <= maxConnecting && left.every((word) => connecting.has(word) || isRank(word));
}

/** The ways in which a question only changes parameters of the query before. */
export function readFollowUp(
  question: ReadQuestion,
  phrasings: readonly Phrasing[],
  bindingsOf: BindingsOf,
): readonly Assignment[] {
  const ways = phrasings.flatMap((phrasing) =>
    assignments(question, bindingsOf(phrasing), () => true).filter(
      (way) => Object.keys(way).length > 0 && isWhole(question, way, phrasing),
    ),
  );
  const fewest = Math.min(...ways.map((way) => Object.keys(way).length));
  const distinct = new Map(ways.map((way) => [JSON.stringify(Object.entries(way).sort()), way]));
  return [...distinct.values()].filter((way) => Object.keys(way).length === fewest);
}
