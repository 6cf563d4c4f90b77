import type { Locale } from '../base/namespace.ts';
import type { Cell, Column, ResultRows } from '../data/database.ts';
import type { MeasuredAnswer } from '../measures/create-measures.ts';
import type { Answered } from './outcome.ts';
import { type ReadLimits, read } from './read.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** Rows of both answers that are looked at. */
const looked = 5;
/** What rounding to cents may make of a figure. */
const cents = 0.0051;

const isNumeric = ({ type }: Column): boolean => type === 'integer' || type === 'number';

/** What an answer is about: its first figure. */
const firstFigure = ({ columns }: Pick<ResultRows, 'columns'>): number =>
  columns.findIndex((column) => isNumeric(column) && !/_id$/i.test(column.name));

const plainName = (name: string): string => name.toLowerCase().replace(/_(?:pct|percent)$/, '');

/** What a verified answer says that it answers, composed from the definitions; undefined where they say otherwise. */
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

/** Chips change what was composed: they are offered where its figure has the name of the one that is shown. */
export function isNamedAlike({ reading }: MeasuredAnswer, result: ResultRows): boolean {
  const [metric] = reading.metrics;
  const shown = result.columns[firstFigure(result)]?.name ?? '';
  return metric?.kind === 'metric' && plainName(metric.metric) === plainName(shown);
}

/**
 * Whether both come to the same figures. A verified query may be called "refunds" and give euros where the metric of this
 * name counts them: a follow-up that went on from the metric would change what is spoken of.
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
