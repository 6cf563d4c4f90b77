import type { Cell } from '../../../src/core/data/database.ts';
import { isMeasure, type Measure, type Reading, sameKey } from '../../../src/core/measures/reading/reading.ts';
import { bucketOf, bucketsBetween, compares, nextDay, Refused, refuse } from './cells.ts';
import { emptyGroups } from './empty-groups.ts';
import { type Asked, type Figures, figuresOf, type Group, type Scope, tablesOf } from './groups.ts';
import { interpretList } from './interpret-list.ts';
import { firstOf, type Interpreted, type Sorted } from './interpreted.ts';
import { createLookUp } from './look-up.ts';
import { addsUp, metricOf, timeOf } from './measured-part.ts';
import { fieldOf, type World } from './world.ts';

/** Reads what a reading asks for row by row, with nothing of what composes SQL. */
export function interpret(world: World, reading: Reading, today: string, sumOfNothing: null | 0 = null): Interpreted {
  try {
    const asked = { reading, lookUp: createLookUp(world, sumOfNothing), today };
    const isAggregated = reading.metrics.length > 0 || reading.filters.some(({ kind }) => kind === 'having');
    return isAggregated ? interpretGroups(asked) : interpretList(asked);
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', why: error.message };
    throw error;
  }
}

type Line = { readonly group: Group; readonly cells: readonly Cell[] };

function interpretGroups(asked: Asked): Interpreted {
  const { reading } = asked;
  const havings = reading.filters.flatMap((one) => (one.kind === 'having' ? [one] : []));
  const measures = [...reading.metrics];
  for (const { measure } of havings) if (!measures.some((one) => sameKey(one, measure))) measures.push(measure);
  const scopes: readonly Scope[] = reading.compare
    ? ['now', 'before']
    : reading.share === 'part'
      ? ['now', 'whole']
      : ['now'];
  const figures = measures.map((measure) => scopes.map((scope) => figuresOf(measure, scope, asked)));
  const now = figures.map(([first]) => first ?? refuse('nothing is measured'));
  const groups = groupsShown(figures.flat(), measures, asked);
  const wholes = reading.share === 'total' ? measures.map((measure) => wholeOfAll(measure, asked)) : [];
  const lines = groups
    .filter(({ identity }) =>
      havings.every(({ measure, op, value }) => {
        const at = measures.findIndex((one) => sameKey(one, measure));
        return compares(now[at]?.of(identity) ?? null, op, value);
      }),
    )
    .map((group): Line => {
      const cells = measures.flatMap((measure, at) =>
        columnsOf(figures[at] ?? [], group, wholes[at], decimalsOf(measure, asked), reading),
      );
      return { group, cells: [...group.shown, ...cells] };
    });
  const sorted = sortedBy(reading, measures, asked, groups[0]?.shown.length ?? 0);
  return { kind: 'rows', rows: firstOf(lines, reading.limit, sorted).map(({ cells }) => cells), sorted };
}

const decimalsOf = (measure: Measure, { lookUp }: Asked): number | undefined =>
  metricOf(lookUp.world, measure).decimals;

const round = (cell: Cell, decimals: number | undefined): Cell =>
  cell === null || decimals === undefined || Number.isNaN(Number(cell)) ? cell : Number(Number(cell).toFixed(decimals));

function columnsOf(
  [now, other]: readonly Figures[],
  { identity }: Group,
  whole: number | null | undefined,
  decimals: number | undefined,
  { compare, share }: Reading,
): readonly Cell[] {
  const own = now?.of(identity) ?? null;
  const than = other?.of(identity) ?? null;
  const percent = (part: Cell, of: Cell): Cell =>
    part === null || of === null || Number(of) === 0 ? null : Math.round((1000 * Number(part)) / Number(of)) / 10;
  if (compare) {
    const change = own === null || than === null ? null : Number(own) - Number(than);
    return [round(own, decimals), round(than, decimals), percent(change, than)];
  }
  if (share === 'total') return [round(own, decimals), percent(own, whole ?? null)];
  if (share === 'part') return [percent(own, than), round(own, decimals), round(than, decimals)];
  return [round(own, decimals)];
}

/** What a share is of: the same question without groups. */
function wholeOfAll(measure: Measure, asked: Asked): number | null {
  if (!addsUp(asked.lookUp.world, metricOf(asked.lookUp.world, measure))) refuse('it does not add up to a whole');
  const { dimensions, ...rest } = asked.reading;
  const through = tablesOf(asked.lookUp.world, dimensions);
  const whole = figuresOf(measure, 'now', { ...asked, reading: { ...rest, dimensions: [] }, through });
  const value = whole.of('[[],[]]');
  return value === null ? null : Number(value);
}

function groupsShown(all: readonly Figures[], measures: readonly Measure[], asked: Asked): readonly Group[] {
  const { reading } = asked;
  if (reading.dimensions.length === 0) return [{ shown: [], identity: '[[],[]]' }];
  const known = new Map(all.flatMap(({ groups }) => [...groups]));
  requireOneCalendar(measures, asked);
  const grain = filledGrain(measures, asked);
  if (grain !== undefined) return seriesOf([...known.values()], grain, asked);
  for (const group of emptyGroups(measures, asked)) if (!known.has(group.identity)) known.set(group.identity, group);
  return [...known.values()];
}

/** A column of years has no days to stand beside those of another measure. */
function requireOneCalendar(measures: readonly Measure[], { reading, lookUp: { world } }: Asked): void {
  if (!reading.dimensions.some(({ kind }) => kind === 'grain')) return;
  const isYear = measures.flatMap((measure) => {
    const metric = metricOf(world, measure);
    return metric.parts.map((part) => fieldOf(world, timeOf(world, reading, metric, part)).field.type === 'integer');
  });
  if (new Set(isYear).size > 1) refuse('years and days do not go together');
}

type GrainName = Parameters<typeof bucketOf>[1];

/** A series over time alone shows the periods in which nothing happened. */
function filledGrain(measures: readonly Measure[], { reading, lookUp }: Asked): GrainName | undefined {
  const { dimensions, limit, compare, share, time, filters } = reading;
  const [only, ...more] = dimensions;
  if (only?.kind !== 'grain' || more.length > 0 || limit !== undefined || compare || share || time?.field)
    return undefined;
  if (filters.some(({ kind }) => kind === 'having')) return undefined;
  const isDated = measures.every((measure) => {
    const metric = metricOf(lookUp.world, measure);
    return metric.parts.every(
      (part) => fieldOf(lookUp.world, timeOf(lookUp.world, reading, metric, part)).field.type !== 'integer',
    );
  });
  return isDated ? only.grain : undefined;
}

function seriesOf(known: readonly Group[], grain: GrainName, { reading, today }: Asked): readonly Group[] {
  const days = known.flatMap(({ shown: [cell] }) => (typeof cell === 'string' ? [cell] : [])).sort();
  const span = reading.time?.span;
  const tomorrow = nextDay(today, 1);
  const isOpenStart = span === undefined || span.start <= '0001-01-01';
  const isOpenEnd = span === undefined || span.end >= '9999-12-31';
  const first = isOpenStart ? days[0] : bucketOf(span.start, grain);
  // Days to come are no gaps; what is known of them is shown.
  const end = isOpenEnd ? undefined : span.start < tomorrow && span.end > tomorrow ? tomorrow : span.end;
  const last = end === undefined ? days.at(-1) : [bucketOf(nextDay(end, -1), grain), ...days].sort().at(-1);
  if (first === undefined || last === undefined) return [];
  return bucketsBetween(first, last, grain).map((cell) => ({ shown: [cell], identity: JSON.stringify([[cell], []]) }));
}

function sortedBy(
  reading: Reading,
  measures: readonly Measure[],
  { lookUp }: Asked,
  width: number,
): Sorted | undefined {
  const { order: by, dimensions } = reading;
  const columns = reading.compare || reading.share === 'part' ? 3 : reading.share ? 2 : 1;
  const placeOf = (at: number): number => width + at * columns + (reading.share === 'part' ? 1 : 0);
  if (by !== undefined && isMeasure(by.by)) {
    const key = by.by;
    const at = measures.findIndex((one) => sameKey(one, key));
    return at === -1 ? refuse('what it goes by is not shown') : { at: placeOf(at), descending: by.descending };
  }
  const placesOf = (index: number): number =>
    dimensions.slice(0, index).reduce((sum, one) => sum + widthOf(one, lookUp.world), 0);
  const wanted =
    by === undefined
      ? dimensions.findIndex(({ kind }) => kind === 'grain')
      : dimensions.findIndex((one) => sameKey(one, by.by));
  if (wanted !== -1) return { at: placesOf(wanted), descending: by?.descending ?? false };
  return by !== undefined || dimensions.length === 0 ? undefined : { at: placeOf(0), descending: true };
}

function widthOf(one: Reading['dimensions'][number], world: World): number {
  if (one.kind !== 'entity') return 1;
  const table = world.tables.find(({ name }) => name === one.dataset);
  return one.fields?.length ?? (table?.label === undefined ? (table?.key.length ?? 1) : 1);
}
