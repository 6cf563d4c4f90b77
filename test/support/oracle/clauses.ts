import {
  type Dimension,
  type Filter,
  isMeasure,
  type Measure,
  type Reading,
} from '../../../src/core/measures/reading/reading.ts';
import { hasWay } from './look-up.ts';
import { metricOf } from './measured-part.ts';
import { fieldOf, type World } from './world.ts';

const functions = ['rows', 'count', 'distinct', 'sum', 'avg', 'min', 'max'];
const wholes = ['ratio', 'difference', 'percent'];
const kinds = ['values', 'compare', 'like', 'compareToAverage', 'extreme', 'exists'];
const grains = ['day', 'week', 'month', 'quarter', 'year'];
const plain = [
  ...['several measures', 'total', 'by field', 'by thing', 'by fields of a thing', 'by two', 'by rows below'],
  ...['period', 'period with one end', 'period of a named date', 'period of years', 'series of a period'],
  ...[
    'order by measure',
    'order by group',
    'ascending',
    'first',
    'share of all',
    'share of a part',
    'compared',
    'having',
  ],
  ...[
    'list',
    'list over several tables',
    'list in order',
    'first of a list',
    'list without repetitions',
    'list of a period',
  ],
];

/** Everything that a reading can say: each has to be met with in every dialect. */
export const everyClause: readonly string[] = [
  ...functions.map((fn) => `measure: ${fn}`),
  ...wholes.map((whole) => `measure: ${whole}`),
  ...grains.map((grain) => `by ${grain}`),
  ...kinds.flatMap((kind) => [
    `where: ${kind}`,
    `where not: ${kind}`,
    `where below: ${kind}`,
    `where not below: ${kind}`,
  ]),
  ...plain,
].filter((clause) => !/not(?: below)?: (?:compare|compareToAverage|extreme)$|where(?: not)?: exists/.test(clause));

const ofMeasure = (world: World, measure: Measure): readonly string[] => {
  const { parts, whole } = metricOf(world, measure);
  return [...parts.map(({ fn }) => `measure: ${fn}`), ...(whole === 'only' ? [] : [`measure: ${whole}`])];
};

function ofDimension(one: Dimension): string {
  if (one.kind === 'grain') return `by ${one.grain}`;
  if (one.kind === 'field') return 'by field';
  return one.fields === undefined ? 'by thing' : 'by fields of a thing';
}

function ofFilter(world: World, filter: Filter, tables: readonly string[]): string {
  if (filter.kind === 'having') return 'having';
  const table = filter.kind === 'exists' ? filter.dataset : fieldOf(world, filter.field).table.name;
  const isBelow = filter.kind === 'exists' || !tables.every((one) => hasWay(world, one, table));
  return `where${'negated' in filter && filter.negated ? ' not' : ''}${isBelow ? ' below' : ''}: ${filter.kind}`;
}

const if_ = (is: boolean | undefined, ...clauses: readonly string[]): readonly string[] => (is ? clauses : []);

/** What a reading says, in the words of `everyClause`. */
export function clausesOf(world: World, reading: Reading): readonly string[] {
  const { metrics, dimensions, filters, time, order, limit, root } = reading;
  const tables =
    root === undefined ? metrics.flatMap((one) => metricOf(world, one).parts.map(({ table }) => table)) : [root];
  const groups = dimensions.flatMap((one) =>
    one.kind === 'grain' ? [] : [one.kind === 'entity' ? one.dataset : fieldOf(world, one.field).table.name],
  );
  const { start, end } = time?.span ?? { start: '', end: '' };
  const shared = [
    ...metrics.flatMap((one) => ofMeasure(world, one)),
    ...filters.map((filter) => ofFilter(world, filter, tables)),
  ];
  if (root !== undefined)
    return [
      ...shared,
      'list',
      ...if_(new Set(groups).size > 1, 'list over several tables'),
      ...if_(order !== undefined, 'list in order'),
      ...if_(limit !== undefined, 'first of a list'),
      ...if_(reading.distinct, 'list without repetitions'),
      ...if_(time !== undefined, 'list of a period'),
    ];
  const isSeries = dimensions.some(({ kind }) => kind === 'grain');
  return [
    ...shared,
    ...dimensions.map(ofDimension),
    ...if_(metrics.length > 1, 'several measures'),
    ...if_(dimensions.length === 0, 'total'),
    ...if_(dimensions.length > 1, 'by two'),
    ...if_(
      tables.some((table) => groups.some((group) => !hasWay(world, table, group))),
      'by rows below',
    ),
    ...if_(time !== undefined, 'period'),
    ...if_(start === '0001-01-01' || end === '9999-12-31', 'period with one end'),
    ...if_(time?.field !== undefined, 'period of a named date'),
    ...if_(time?.field !== undefined && fieldOf(world, time.field).field.type === 'integer', 'period of years'),
    ...if_(isSeries && time !== undefined, 'series of a period'),
    ...if_(order !== undefined && isMeasure(order.by), 'order by measure'),
    ...if_(order !== undefined && !isMeasure(order.by), 'order by group'),
    ...if_(order?.descending === false, 'ascending'),
    ...if_(limit !== undefined, 'first'),
    ...if_(reading.share === 'total', 'share of all'),
    ...if_(reading.share === 'part', 'share of a part'),
    ...if_(reading.compare !== undefined, 'compared'),
  ];
}
