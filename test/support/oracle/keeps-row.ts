import type { Cell } from '../../../src/core/data/database.ts';
import type { Filter, RowFilter } from '../../../src/core/measures/reading/reading.ts';
import { compares, nextDay, refuse, sameText } from './cells.ts';
import { hasWay, isSameRow, type LookUp } from './look-up.ts';
import { type Route, routesBelow } from './ways.ts';
import { fieldOf, type Row, tableOf, type World } from './world.ts';

export type Span = { readonly start: string; readonly end: string };
type RowOrExists = Exclude<Filter, { kind: 'having' }>;

/** Whether a date, or a year, lies in a span of days; the end is the day after. */
export function isWithin(cell: Cell, { start, end }: Span, today: string): boolean {
  const isOpen = start === '0001-01-01' && end === '9999-12-31';
  if (isOpen) return true;
  if (cell === null) return false;
  if (typeof cell === 'number') return isYearWithin(cell, { start, end }, today);
  return (start === '0001-01-01' || String(cell) >= start) && (end === '9999-12-31' || String(cell) < end);
}

/** "since 2024" ends today, and takes this year with it. */
function isYearWithin(year: number, { start, end }: Span, today: string): boolean {
  const last = end === nextDay(today, 1) ? `${Number(today.slice(0, 4)) + 1}-01-01` : end;
  const isWhole = (day: string): boolean => day === '0001-01-01' || day === '9999-12-31' || day.endsWith('-01-01');
  if (!isWhole(start) || !isWhole(last)) refuse('a year has no days');
  return (
    (start === '0001-01-01' || year >= Number(start.slice(0, 4))) &&
    (last === '9999-12-31' || year < Number(last.slice(0, 4)))
  );
}

/** A condition on one value. What is empty is not the value that is asked for. */
function holds(cell: Cell, filter: RowFilter, lookUp: LookUp): boolean {
  switch (filter.kind) {
    case 'values': {
      const isOne = filter.values.some((value) =>
        typeof cell === 'string' && typeof value === 'string'
          ? cell === value || sameText(cell, value)
          : cell !== null && String(cell) === String(value),
      );
      return isOne !== filter.negated;
    }
    case 'compare':
      return compares(cell, filter.op, filter.value);
    case 'like': {
      const [text, part] = [String(cell ?? '').toLowerCase(), filter.text.toLowerCase()];
      const at = { start: text.startsWith(part), end: text.endsWith(part), anywhere: text.includes(part) };
      return (cell !== null && at[filter.at]) !== filter.negated;
    }
    case 'compareToAverage': {
      if (filter.of !== undefined) return refuse('an average of a part is not read here');
      const all = numbersOf(filter.field, lookUp);
      return all.length > 0 && compares(cell, filter.op, all.reduce((sum, one) => sum + one, 0) / all.length);
    }
    case 'unknown':
      return (cell === null) !== filter.negated;
    case 'role':
      return refuse('a table joined with itself is not read here');
    case 'extreme': {
      const all = numbersOf(filter.field, lookUp);
      return cell !== null && all.length > 0 && Number(cell) === (filter.high ? Math.max(...all) : Math.min(...all));
    }
    default:
      return refuse('it is a condition that is not read here');
  }
}

function numbersOf(id: string, lookUp: LookUp): readonly number[] {
  const { table, field } = fieldOf(lookUp.world, id);
  return lookUp.rows(table.name).flatMap((row) => {
    const cell = field.valueOf(row);
    return cell === null ? [] : [Number(cell)];
  });
}

/** How to get from a row to rows below it: up to `outer`, down to `pivot`, and up again. */
export type Below = Route & { readonly outer: string; readonly pivot: string };

export function below(world: World, from: string, to: string): Below {
  const [route, another] = routesBelow(world, from, to);
  if (route === undefined) return refuse('there is no way');
  if (another !== undefined) return refuse('two ways lead there');
  const { ups, downs } = route;
  return { ...route, outer: ups.at(-1)?.link.to ?? from, pivot: downs.at(-1)?.link.from ?? from };
}

/** The rows of `pivot` that belong to a row. */
function rowsBelow(row: Row, { outer, pivot, ups, downs }: Below, lookUp: LookUp): readonly Row[] {
  const top = ups.reduce<Row | undefined>((at, { link }) => lookUp.follow(at, link), row);
  if (top === undefined) return [];
  return lookUp.rows(pivot).filter((one) => {
    const reached = [...downs].reverse().reduce<Row | undefined>((at, { link }) => lookUp.follow(at, link), one);
    return reached !== undefined && isSameRow(lookUp.world, outer, reached, top);
  });
}

type Condition = { readonly at: Below; readonly test: (row: Row) => boolean };

/** Whether a row of `base` is asked for. Several conditions on rows below are about one and the same row. */
export function keepsRow(
  base: string,
  filters: readonly RowOrExists[],
  lookUp: LookUp,
  today: string,
): (row: Row) => boolean {
  const { world } = lookUp;
  const onRow: ((row: Row) => boolean)[] = [];
  const together = new Map<string, Condition[]>();
  for (const filter of filters) {
    const table = filter.kind === 'exists' ? filter.dataset : fieldOf(world, filter.field).table.name;
    if (filter.kind !== 'exists' && hasWay(world, base, table)) {
      onRow.push((row) => holds(lookUp.value(row, base, filter.field), filter, lookUp));
      continue;
    }
    const at = below(world, base, table);
    const isNegated = 'negated' in filter && filter.negated;
    const test = filter.kind === 'exists' ? exists(filter, at, lookUp, today) : belowHolds(filter, at, lookUp);
    if (isNegated) onRow.push((row) => !rowsBelow(row, at, lookUp).some(test));
    else if (filter.kind === 'exists' && filter.where.length > 0)
      onRow.push((row) => rowsBelow(row, at, lookUp).some(test));
    else {
      const key = `${at.outer} ${at.pivot}`;
      together.set(key, [...(together.get(key) ?? []), { at, test }]);
    }
  }
  return (row) =>
    onRow.every((test) => test(row)) &&
    [...together.values()].every(
      (all) =>
        all[0] !== undefined && rowsBelow(row, all[0].at, lookUp).some((one) => all.every(({ test }) => test(one))),
    );
}

const belowHolds =
  (filter: RowFilter, { pivot }: Below, lookUp: LookUp) =>
  (row: Row): boolean =>
    holds(lookUp.value(row, pivot, filter.field), 'negated' in filter ? { ...filter, negated: false } : filter, lookUp);

function exists(filter: Extract<Filter, { kind: 'exists' }>, { pivot }: Below, lookUp: LookUp, today: string) {
  const { time, fields } = tableOf(lookUp.world, filter.dataset);
  const times = fields.filter(({ isTime }) => isTime);
  const dated = time ?? (times.length === 1 ? times[0]?.name : undefined);
  if (filter.span !== undefined && dated === undefined) refuse('it has no date of its own');
  return (row: Row): boolean =>
    lookUp.up(row, pivot, filter.dataset) !== undefined &&
    filter.where.every((one) => holds(lookUp.value(row, pivot, one.field), one, lookUp)) &&
    (filter.span === undefined || isWithin(lookUp.value(row, pivot, `${filter.dataset}.${dated}`), filter.span, today));
}
