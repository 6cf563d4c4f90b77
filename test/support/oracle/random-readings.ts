import type { Dimension, Filter, Measure, Reading, RowFilter } from '../../../src/core/measures/reading/reading.ts';
import { isMeasure } from '../../../src/core/measures/reading/reading.ts';
import type { Chance } from './chance.ts';
import type { World, WorldField, WorldTable } from './world.ts';

type Owned = { readonly id: string; readonly field: WorldField; readonly table: WorldTable };

const ops = ['=', '<>', '>', '>=', '<', '<='] as const;
const grains = ['day', 'week', 'month', 'quarter', 'year'] as const;
const spans = [
  { start: '2025-06-01', end: '2025-07-01' },
  { start: '2025-06-14', end: '2025-06-15' },
  { start: '2025-01-01', end: '2026-01-01' },
  { start: '2026-01-01', end: '2027-01-01' },
  { start: '2026-04-01', end: '2026-07-01' },
  { start: '2024-12-30', end: '2025-01-06' },
  { start: '2024-02-28', end: '2026-06-02' },
  { start: '0001-01-01', end: '2025-01-01' },
  { start: '2025-06-15', end: '9999-12-31' },
  { start: '2019-01-01', end: '2020-01-01' },
];
const comparedWith = [
  { start: '2024-01-01', end: '2025-01-01' },
  { start: '2025-05-01', end: '2025-06-01' },
  { start: '2019-01-01', end: '2020-01-01' },
];

const fieldsOf = (world: World): readonly Owned[] =>
  world.tables.flatMap((table) => table.fields.map((field) => ({ id: `${table.name}.${field.name}`, field, table })));

const isNumber = ({ field }: Owned): boolean => field.type === 'integer' || field.type === 'number';

/** Readings by chance over a world's names: many have no meaning, and both sides have to say so. */
export function randomReading(world: World, chance: Chance): Reading {
  return chance.percent(20) ? randomList(world, chance) : randomFigures(world, chance);
}

function randomMeasure(world: World, chance: Chance): Measure {
  const fields = fieldsOf(world);
  const numbers = fields.filter(isNumber);
  const kind = chance.one(['metric', 'metric', 'metric', 'count', 'distinct', 'aggregate'] as const);
  if (kind === 'metric' && world.metrics.length > 0) return { kind, metric: chance.one(world.metrics).name };
  if (kind === 'distinct' && fields.length > 0) return { kind, field: chance.one(fields).id };
  if (kind === 'aggregate' && numbers.length > 0)
    return { kind, fn: chance.one(['avg', 'sum', 'min', 'max'] as const), field: chance.one(numbers).id };
  return { kind: 'count', dataset: chance.one(world.tables).name };
}

function randomDimension(world: World, chance: Chance): Dimension {
  const fields = fieldsOf(world).filter(({ field }) => !field.isTime);
  const entities = world.tables.filter(({ label, key }) => label !== undefined || key.length > 0);
  const kind = chance.one(['field', 'field', 'entity', 'grain'] as const);
  if (kind === 'grain') return { kind, grain: chance.one(grains) };
  if (kind === 'field' && fields.length > 0) return { kind, field: chance.one(fields).id };
  const table = chance.one(entities);
  const shown = chance
    .some(
      table.fields.filter(({ isTime }) => !isTime),
      2,
    )
    .map(({ name }) => `${table.name}.${name}`);
  return {
    kind: 'entity',
    dataset: table.name,
    ...(shown.length > 0 && chance.percent(40) ? { fields: [...shown] } : {}),
  };
}

function randomRowFilter(owned: readonly Owned[], chance: Chance): RowFilter | undefined {
  const [texts, numbers] = [owned.filter(({ field }) => field.type === 'text'), owned.filter(isNumber)];
  const kind = chance.one(['values', 'values', 'compare', 'like', 'compareToAverage', 'extreme'] as const);
  const negated = chance.percent(30);
  if (kind === 'values') {
    const one = owned.filter(({ field }) => field.type === 'text' || field.type === 'boolean');
    if (one.length === 0) return undefined;
    const { id, field, table } = chance.one(one);
    const cells = [...new Set(table.rows.map((row) => field.valueOf(row)))].filter(
      (cell) => cell !== null && cell !== '',
    );
    const values = chance.some(cells, 3) as (string | boolean)[];
    return values.length === 0 ? undefined : { kind, field: id, values: [...values], negated };
  }
  if (kind === 'like') {
    if (texts.length === 0) return undefined;
    const text = chance.one(['b', 'ber', 'n', '%', '_', '\\', "'", 'a_', 'ü', 'DE', '1']);
    return { kind, field: chance.one(texts).id, text, at: chance.one(['start', 'end', 'anywhere'] as const), negated };
  }
  if (numbers.length === 0) return undefined;
  const { id } = chance.one(numbers);
  if (kind === 'compare') return { kind, field: id, op: chance.one(ops), value: chance.one([0, 1, 2, 2.5, -1, 10]) };
  if (kind === 'compareToAverage') return { kind, field: id, op: chance.one(ops) };
  return { kind: 'extreme', field: id, high: chance.percent(50) };
}

function randomFilter(world: World, chance: Chance): Filter | undefined {
  const fields = fieldsOf(world);
  if (chance.percent(75)) return randomRowFilter(fields, chance);
  const table = chance.one(world.tables);
  const where = chance.percent(50)
    ? randomRowFilter(
        fields.filter((one) => one.table === table),
        chance,
      )
    : undefined;
  const span = chance.percent(30) ? { span: chance.one(spans) } : {};
  return { kind: 'exists', dataset: table.name, negated: chance.percent(50), where: where ? [where] : [], ...span };
}

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const present = <T>(list: readonly (T | undefined)[]): T[] => list.filter((one) => one !== undefined);
const unlike = <T>(list: readonly T[]): T[] => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];

function randomTime(world: World, chance: Chance, share: number): Pick<Reading, 'time'> {
  if (!chance.percent(share)) return {};
  const dated = fieldsOf(world).filter(({ field }) => field.isTime);
  const field = dated.length > 0 && chance.percent(20) ? { field: chance.one(dated).id } : {};
  return { time: { ...field, span: chance.one(spans) } };
}

function randomFigures(world: World, chance: Chance): Reading {
  const metrics = unlike(times(chance.percent(25) ? 2 : 1).map(() => randomMeasure(world, chance)));
  const dimensions = unlike(times(chance.one([0, 1, 1, 1, 2])).map(() => randomDimension(world, chance)));
  const filters = present(times(chance.one([0, 0, 1, 1, 2, 3])).map(() => randomFilter(world, chance)));
  const isGrouped = dimensions.length > 0;
  const having: Filter[] =
    isGrouped && chance.percent(15)
      ? [
          {
            kind: 'having',
            measure: chance.percent(60) ? chance.one(metrics) : randomMeasure(world, chance),
            op: chance.one(ops),
            value: chance.one([0, 1, 2, 5]),
          },
        ]
      : [];
  const timed = randomTime(world, chance, 35);
  const isSeries = dimensions.some(({ kind }) => kind === 'grain');
  const isCompared = timed.time?.span !== undefined && !isSeries && chance.percent(30);
  const base = { metrics, dimensions, filters: [...filters, ...having], ...timed };
  if (isCompared) return { ...base, compare: chance.one(comparedWith) };
  if (isGrouped && chance.percent(15)) return { ...base, metrics: metrics.slice(0, 1), share: 'total' };
  const isPart = !isGrouped && filters.some(({ kind }) => kind === 'values') && chance.percent(50);
  if (isPart) return { ...base, metrics: metrics.slice(0, 1), share: 'part' };
  return isGrouped && chance.percent(40) ? { ...base, ...randomOrder(metrics, dimensions, chance) } : base;
}

function randomOrder(
  metrics: readonly Measure[],
  dimensions: readonly Dimension[],
  chance: Chance,
): Pick<Reading, 'order' | 'limit'> {
  const by = chance.percent(75) ? chance.one(metrics) : chance.one(dimensions);
  const limit = isMeasure(by) && chance.percent(60) ? { limit: chance.one([1, 2, 3]) } : {};
  return { order: { by, descending: chance.percent(50) }, ...limit };
}

function randomList(world: World, chance: Chance): Reading {
  const table = chance.one(world.tables);
  const near = fieldsOf(world).filter(
    (one) => one.field.name !== one.table.label && (one.table === table || chance.percent(20)),
  );
  const dimensions = unlike<Dimension>(
    times(chance.one([1, 2, 3])).map(() =>
      chance.percent(25) || near.length === 0
        ? { kind: 'entity', dataset: table.name }
        : { kind: 'field', field: chance.one(near).id },
    ),
  );
  const filters = present(times(chance.one([0, 1, 1, 2])).map(() => randomFilter(world, chance)));
  const orderable = fieldsOf(world).filter((one) => one.table === table && (isNumber(one) || one.field.isTime));
  const order =
    orderable.length > 0 && chance.percent(40)
      ? { order: { by: { kind: 'field' as const, field: chance.one(orderable).id }, descending: chance.percent(50) } }
      : {};
  const limit = order.order !== undefined && chance.percent(60) ? { limit: chance.one([1, 2, 5]) } : {};
  const distinct = chance.percent(20) ? { distinct: true } : {};
  return {
    root: table.name,
    metrics: [],
    dimensions,
    filters,
    ...randomTime(world, chance, 25),
    ...order,
    ...limit,
    ...(limit.limit === undefined ? distinct : {}),
  };
}
