import type { Term } from './clauses.ts';
import { clausesOf, type Of, type ReadingDraft } from './reading-draft.ts';
import { countsRowsOf } from './term-keys.ts';

/** "customers with revenue over 1000 by country": each of them has, whatever the country has. */
export function appliesToRows(draft: ReadingDraft, clause: Of<'compare'>): boolean {
  const noun = describedBy(draft, clause);
  if (noun === undefined || clausesOf(draft, 'by').every(({ terms }) => terms.length === 0)) return false;
  if (noun.kind !== 'metric') return noun.kind === 'entity' || noun.kind === 'count';
  return [...draft.model.datasets.keys()].some((dataset) => countsRowsOf(noun.metric, dataset));
}

/** The noun before a condition or, in Chinese, behind it. "orders over 500 by country" are ones of that worth. */
function describedBy({ clauses }: ReadingDraft, clause: Of<'compare'>): Term | undefined {
  const at = clauses.indexOf(clause);
  const [before, after] = [clauses[at - 1], clauses[at + 1]];
  if (before?.kind === 'show') return before.terms.at(-1);
  if (after?.kind === 'show') return after.terms[0];
  const { subject } = clause;
  return clauses.some(({ kind }) => kind === 'show') || subject.kind !== 'metric' || !subject.isBare
    ? undefined
    : subject;
}
