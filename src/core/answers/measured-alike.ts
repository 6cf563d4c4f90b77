import type { Locale } from '../base/namespace.ts';
import type { Cell, Column, ResultRows } from '../data/database.ts';
import type { MeasuredAnswer } from '../measures/create-measures.ts';
import type { Answered } from './outcome.ts';
import { type ReadLimits, read } from './read.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** How many rows of both answers are compared. */
const looked = 5;
/** The tolerance for figures that were rounded to cents. */
const cents = 0.0051;

const isNumeric = ({ type }: Column): boolean => type === 'integer' || type === 'number';

/** Index of the first figure of an answer, -1 when there is none. */
const firstFigure = ({ columns }: Pick<ResultRows, 'columns'>): number =>
  columns.findIndex((column) => isNumeric(column) && !/_id$/i.test(column.name));

const plainName = (name: string): string => name.toLowerCase().replace(/_(?:pct|percent)$/, '');

/** The measured answer to the interpretation of a verified one. Undefined when the definitions cannot answer it. */
export async function composedFrom(
  said: string | undefined,
  source: Source,
  locale: Locale,
  run: Pick<Run, 'signal'>,
): Promise<MeasuredAnswer | undefined> {
  const measures = said === undefined ? undefined : await source.measures(run.signal);
  const reply = said === undefined ? undefined : measures?.ask(said, { locale });
  return reply?.kind === 'answer' ? reply : undefined;
}

/**
 * Whether the measured and the shown figure have the same name. Only then may chips, which change the measured reading,
 * be offered.
 */
export function isNamedAlike({ reading }: MeasuredAnswer, result: ResultRows): boolean {
  const [metric] = reading.metrics;
  const shown = result.columns[firstFigure(result)]?.name ?? '';
  return metric?.kind === 'metric' && plainName(metric.metric) === plainName(shown);
}

/**
 * Whether both give the same figures. A verified query "refunds" may return euros while the metric of this name counts
 * refunds; a follow-up on the metric would then change the subject.
 */
export async function comesToTheSame(
  answered: Answered,
  composed: MeasuredAnswer,
  source: Source,
  limits: ReadLimits,
  run: Run,
): Promise<boolean> {
  const [theirs, ours] = await Promise.all(
    [answered.sql, composed.sql].map((sql) => read(sql, source, limits, run).then(({ result }) => result)),
  );
  if (theirs === undefined || ours === undefined) return false;
  const wanted = figuresOf(theirs);
  const found = figuresOf(ours);
  return found.length > 0 && found.every((figure, i) => isNear(figure, wanted[i]));
}

function figuresOf(result: ResultRows): readonly (number | undefined)[] {
  const at = firstFigure(result);
  return at === -1 ? [] : result.rows.slice(0, looked).map((row) => numberIn(row[at]));
}

const numberIn = (cell: Cell | undefined): number | undefined => (cell == null ? undefined : Number(cell));

const isNear = (a: number | undefined, b: number | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && Math.abs(a - b) <= Math.max(cents, Math.abs(b) * 1e-4));
