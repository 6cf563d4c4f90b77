import { unreadable } from './explore.ts';
import { type Dimension, isMeasure, type Key, type Measure, type Reading } from './reading.ts';
import { clausesOf, type Of, type ReadingDraft, single } from './reading-draft.ts';
import { directedChoices } from './resolve-terms.ts';
import { keyOf, rankKey } from './term-keys.ts';

export type Ranking = {
  /** Undefined: what is measured, or what is shown. */
  readonly by: Key | undefined;
  readonly descending: boolean;
  readonly n: number | undefined;
  readonly isTop: boolean;
};

export function readRanking(draft: ReadingDraft): Ranking | undefined {
  const [top, order, count] = [single(draft, 'top'), single(draft, 'order'), single(draft, 'count')];
  if (count !== undefined && top === undefined) unreadable();
  if (top === undefined) return order && ordering(draft, order);
  if (order !== undefined && (top.by !== undefined || order.by === undefined || order.by === 'first')) unreadable();
  if (top.n !== undefined && count !== undefined) unreadable();
  const first = { descending: top.descending, n: top.n ?? count?.n, isTop: true };
  if (top.by?.kind === 'directed') {
    const { field, high } = draft.choose(directedChoices(top.by.keys, draft.home));
    return { ...first, by: { kind: 'field', field: field.id }, descending: high };
  }
  if (top.by?.kind === 'rows') return { ...first, by: undefined };
  const term = top.by ?? (order?.by === 'first' ? undefined : order?.by);
  return { ...first, by: term === undefined ? unreadable() : rankKey(draft, term, top.counts !== false) };
}

/** Measures are listed from the highest on unless the question says otherwise. */
function ordering(draft: ReadingDraft, order: Of<'order'>): Ranking {
  const by = order.by === undefined || order.by === 'first' ? undefined : keyOf(draft, order.by);
  const descending = order.descending ?? (by !== undefined && isMeasure(by) && order.by !== 'first');
  return { by, descending, n: undefined, isTop: false };
}

export function orderOf(
  draft: ReadingDraft,
  ranked: Ranking | undefined,
  first: Measure | undefined,
  targets: readonly Dimension[],
): Reading['order'] {
  if (ranked === undefined) return undefined;
  const key = ranked.by ?? impliedKey(draft, first, targets);
  return key === undefined ? unreadable() : { by: key, descending: ranked.descending };
}

/** "in alphabetical order" goes by what is shown first, "descending" by what is measured. */
function impliedKey(draft: ReadingDraft, first: Measure | undefined, targets: readonly Dimension[]): Key | undefined {
  const isAlphabetical = clausesOf(draft, 'order').some(({ by }) => by === 'first');
  if (!isAlphabetical) return first ?? (targets.length === 1 ? targets[0] : undefined);
  const [group] = clausesOf(draft, 'by').flatMap(({ terms }) => terms);
  return targets[0] ?? (group && keyOf(draft, group));
}

/** "Which cities have the most customers?" asks for a ranking, "which city has …" for the first. */
export function limitOf(
  ranked: Ranking | undefined,
  targets: readonly Dimension[],
  asksForSeveral: boolean,
): number | undefined {
  if (!ranked?.isTop) return undefined;
  if (ranked.n !== undefined) return ranked.n;
  return targets.length > 0 && asksForSeveral ? undefined : 1;
}
