import type { Cell } from '../../../src/core/data/database.ts';
import type { Measure, Reading } from '../../../src/core/measures/reading/reading.ts';
import { order, refuse } from './cells.ts';
import { hasWay, type LookUp } from './look-up.ts';
import { waysUp } from './ways.ts';
import { fieldOf, type Row, tableOf, type World, type WorldMetric, type WorldPart } from './world.ts';

/** A measure as its parts; one that the question made up has one part. */
export function metricOf(world: World, measure: Measure): WorldMetric {
  switch (measure.kind) {
    case 'metric':
      return world.metrics.find(({ name }) => name === measure.metric) ?? refuse('there is no such metric');
    case 'count':
      return made({ table: measure.dataset, fn: 'rows' });
    case 'ratio':
      return refuse('a ratio is not read here');
    case 'distinct': {
      const { table, field } = fieldOf(world, measure.field);
      return made({ table: table.name, fn: 'distinct', field: field.name });
    }
    case 'aggregate': {
      const { table, field } = fieldOf(world, measure.field);
      return made({ table: table.name, fn: measure.fn, field: field.name });
    }
    default:
      return refuse('it is a measure that is not read here');
  }
}

const made = (part: WorldPart): WorldMetric => ({ name: '', parts: [part], sql: '', whole: 'only' });

/** It counts the rows of its table, however they are reached. */
export function countsRows(world: World, { table, fn, field }: WorldPart): boolean {
  const { key } = tableOf(world, table);
  return fn === 'rows' || ((fn === 'count' || fn === 'distinct') && key.length === 1 && field === key[0]);
}

/** Sums of the parts' groups give the whole, when no row is in two groups. */
export const addsUp = (world: World, { parts, whole }: WorldMetric): boolean =>
  (whole === 'only' || whole === 'difference') &&
  parts.every((part) => part.fn === 'count' || part.fn === 'sum' || countsRows(world, part));

/** The table whose rows are gone through: the part's own, or, for counts, the one below from which all is reached. */
export function baseOf(world: World, part: WorldPart, needed: readonly string[]): string {
  if (needed.every((table) => hasWay(world, part.table, table))) return part.table;
  if (!countsRows(world, part)) return refuse('rows would be counted several times');
  const all = [part.table, ...needed];
  const found = world.tables.map(({ name }) => name).filter((name) => all.every((table) => hasWay(world, name, table)));
  // What lies below another one that would do adds nothing but detours.
  const nearest = found.filter((name) => !found.some((other) => other !== name && hasWay(world, name, other)));
  return nearest.length === 1
    ? (nearest[0] ?? '')
    : refuse(nearest.length === 0 ? 'there is no way' : 'two ways lead there');
}

/**
 * `table.field` of the date that a period is about. Rows that are counted by way of others go by the date of these: the
 * products of May, counted from their sales, are those sold in May.
 */
export function timeOf(
  world: World,
  reading: Reading,
  metric: WorldMetric,
  part: WorldPart,
  base = part.table,
): string {
  if (reading.time?.field !== undefined) return reading.time.field;
  if (metric.time !== undefined) return metric.time;
  const own = base === part.table ? undefined : eventTime(world, part, base);
  return own ?? ownTime(world, part.table) ?? timeAbove(world, part.table);
}

function eventTime(world: World, part: WorldPart, base: string): string | undefined {
  const isDated = (table: string): boolean => tableOf(world, table).fields.some(({ isTime }) => isTime);
  const own = ownTime(world, base);
  if (own === undefined && isDated(base)) return refuse('two dates fit');
  const between = waysUp(world, base, part.table).flatMap((way) => way.map(({ from }) => from));
  if (own === undefined && between.some(isDated)) return refuse('the rows between have a date as well');
  return own;
}

function timeAbove(world: World, table: string): string {
  if (tableOf(world, table).fields.some(({ isTime }) => isTime)) return refuse('two dates fit');
  const above = world.tables
    .flatMap(({ name }) => (name !== table && ownTime(world, name) !== undefined ? waysUp(world, table, name) : []))
    .sort((a, b) => a.length - b.length);
  if (above.length === 0) return refuse('it has no date');
  if (above[1]?.length === above[0]?.length) return refuse('two dates fit');
  return ownTime(world, above[0]?.at(-1)?.to ?? '') ?? refuse('it has no date');
}

function ownTime(world: World, name: string): string | undefined {
  const { time, fields } = tableOf(world, name);
  const times = fields.filter(({ isTime }) => isTime);
  const field = time ?? (times.length === 1 ? times[0]?.name : undefined);
  return field === undefined ? undefined : `${name}.${field}`;
}

export type Figure = number | string | null;

/** The part over these rows of `base`. The sum of nothing is what `lookUp.sumOfNothing` says. */
export function aggregated(part: WorldPart, base: string, rows: readonly Row[], lookUp: LookUp): Figure {
  const { table, fn, field, times } = part;
  if (countsRows(lookUp.world, part) && base !== table) {
    const { key } = tableOf(lookUp.world, table);
    if (key.length !== 1) refuse('its rows cannot be told from each other');
    return new Set(rows.flatMap((row) => lookUp.up(row, base, table)?.[key[0] ?? ''] ?? [])).size;
  }
  if (fn === 'rows') return rows.length;
  const cells = rows.map((row) => cellOf(row, table, field ?? '', times, lookUp)).filter((cell) => cell !== null);
  if (fn === 'count') return cells.length;
  if (fn === 'distinct') return new Set(cells).size;
  if (cells.length === 0) return fn === 'sum' ? lookUp.sumOfNothing : null;
  if (fn === 'min') return smallest(cells);
  if (fn === 'max') return largest(cells);
  const sum = cells.reduce<number>((a, b) => a + Number(b), 0);
  return fn === 'sum' ? sum : sum / cells.length;
}

const smallest = (cells: readonly Cell[]): Figure => cells.toSorted((a, b) => order(a, b, false))[0] as Figure;
const largest = (cells: readonly Cell[]): Figure => cells.toSorted((a, b) => order(a, b, true))[0] as Figure;

function cellOf(row: Row, table: string, field: string, times: WorldPart['times'], lookUp: LookUp): Cell {
  const { world } = lookUp;
  const known = tableOf(world, table).fields.some(({ name }) => name === field);
  const cell = known ? fieldOf(world, `${table}.${field}`).field.valueOf(row) : (row[field] ?? null);
  if (times === undefined || cell === null) return cell;
  const other = lookUp.value(row, table, `${times.table}.${times.field}`);
  return other === null ? null : Number(cell) * Number(other);
}

/** The figure that the parts make. */
export function wholeOf(
  { whole }: WorldMetric,
  [a, b]: readonly (number | string | null | undefined)[],
): number | string | null {
  if (whole === 'only' || a === null || a === undefined) return a ?? null;
  if (b === null || b === undefined) return null;
  if (whole === 'difference') return Number(a) - Number(b);
  if (Number(b) === 0) return null;
  return (Number(a) / Number(b)) * (whole === 'percent' ? 100 : 1);
}
