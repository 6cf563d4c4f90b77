import { inBuckets } from '../../language/buckets.ts';
import { add, spanOf, type Unit } from '../../language/calendar.ts';
import type { Span } from '../../language/dates.ts';
import { likeForLike, unitOf } from '../../language/like-for-like.ts';
import { unreadable } from './explore.ts';
import type { Dimension, Reading } from './reading.ts';
import { chosenField, clausesOf, type Of, type ReadingDraft, single } from './reading-draft.ts';

/** What is asked for in time, and what it is compared with. */
export type Spans = Pick<Reading, 'time' | 'compare'>;

/** "compare May and June": the later one is asked for, the earlier one is what it is compared with. */
function spansApart(draft: ReadingDraft): readonly [later: Span, earlier: Span] | undefined {
  const [one, other] = clausesOf(draft, 'period');
  if (one === undefined || other === undefined || clausesOf(draft, 'apart').length === 0) return undefined;
  if (clausesOf(draft, 'period').length > 2 || one.field !== undefined || other.field !== undefined) unreadable();
  const [earlier, later] = one.span.start < other.span.start ? [one.span, other.span] : [other.span, one.span];
  return earlier.end <= later.start ? [later, earlier] : unreadable();
}

/** `before`: the time of the reading that a follow-up changes. */
export function readSpans(draft: ReadingDraft, dimensions: readonly Dimension[], before?: Reading['time']): Spans {
  const read = readTime(draft, dimensions);
  const time = read && before ? { ...before, ...read } : (read ?? before);
  const compare = readCompare(draft, time?.span);
  if (compare === undefined || time?.span === undefined) return time ? { time } : {};
  const fair = likeForLike(time.span, compare, draft.today) ?? unreadable();
  const isCut = fair.before.start !== compare.start || fair.before.end !== compare.end;
  if (isCut && clausesOf(draft, 'compareWith').some(({ isWhole }) => isWhole)) unreadable();
  return { time: { ...time, span: fair.now }, compare: fair.before };
}

function readTime(draft: ReadingDraft, dimensions: readonly Dimension[]): Reading['time'] {
  const apart = spansApart(draft);
  if (apart !== undefined) return { span: apart[0] };
  const [clause, dated] = [single(draft, 'period'), single(draft, 'dated')];
  if (clause !== undefined && isOfShown(draft, clause)) unreadable();
  const named = clause?.field ?? dated?.field;
  if (clause?.field !== undefined && dated !== undefined) unreadable();
  const span = clause && { span: spanIn(draft, clause, dimensions) };
  if (named === undefined) return span;
  const field = chosenField(draft, named);
  return field.isTime ? { field: field.id, ...span } : unreadable();
}

/** "orders updated in May": the period is that of the date right before it, which is not what is shown. */
function isOfShown({ clauses }: ReadingDraft, clause: Of<'period'>): boolean {
  const before = clauses[clauses.indexOf(clause) - 1];
  const term = before?.kind === 'show' ? before.terms.at(-1) : undefined;
  return clause.field === undefined && term?.kind === 'field' && term.fields.some(({ isTime }) => isTime);
}

function spanIn({ today }: ReadingDraft, { span, window }: Of<'period'>, dimensions: readonly Dimension[]): Span {
  const [grain] = dimensions.flatMap((one) => (one.kind === 'grain' ? [one.grain] : []));
  return grain === undefined ? span : inBuckets({ ...span, window }, grain, today);
}

/** The span that is compared with, as it is named. */
function readCompare(draft: ReadingDraft, span: Span | undefined): Span | undefined {
  const all = clausesOf(draft, 'compareWith');
  const clause = all.length > 1 ? changeBeside(all) : all[0];
  if (clause === undefined) return spansApart(draft)?.[1];
  if (spansApart(draft) !== undefined) return unreadable();
  if (span === undefined) return unreadable();
  if (all.every(({ isOpen }) => isOpen) && clausesOf(draft, 'period').some(({ isRange }) => isRange)) unreadable();
  // The months of a year, each against the one before it, have no place in the SQL.
  if (clause.unit !== undefined && !isWhole(span, clause.unit)) return unreadable();
  if (clause.span === 'before') return spanBefore(span);
  if (clause.span === 'yearAgo') return { start: add(span.start, -1, 'year'), end: add(span.end, -1, 'year') };
  return clause.span;
}

/** "change … compared with last year": the first only says that there is a comparison. */
function changeBeside(all: readonly Of<'compareWith'>[]): Of<'compareWith'> | undefined {
  const said = all.filter((clause) => clause.span !== 'before');
  const plainest = said[0] ?? all.find(({ isOpen }) => !isOpen) ?? all[0];
  return all.length === 2 && said.length <= 1 ? plainest : unreadable();
}

function isWhole({ start, end }: Span, unit: Unit): boolean {
  const whole = spanOf(start, unit);
  return whole.start === start && whole.end === end;
}

/** The span before: of the same unit when it is a whole one, else of the same number of days. */
function spanBefore(span: Span): Span {
  const unit = unitOf(span);
  if (unit !== undefined) return { start: add(span.start, -1, unit), end: span.start };
  const days = Math.round((Date.parse(span.end) - Date.parse(span.start)) / 86_400_000);
  return { start: add(span.start, -days, 'day'), end: span.start };
}
