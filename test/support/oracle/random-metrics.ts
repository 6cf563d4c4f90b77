import type { Chance } from './chance.ts';
import { waysUp } from './ways.ts';
import type { World, WorldField, WorldMetric, WorldPart, WorldTable } from './world.ts';

const isNumber = ({ type }: WorldField): boolean => type === 'integer' || type === 'number';

/** The part as SQL over `table.field`, as a model's file writes it. */
function sqlOf({ table, fn, field, times }: WorldPart): string {
  if (fn === 'rows') return 'COUNT(*)';
  const value = `${table}.${field}${times === undefined ? '' : ` * ${times.table}.${times.field}`}`;
  return fn === 'distinct' ? `COUNT(DISTINCT ${value})` : `${fn.toUpperCase()}(${value})`;
}

function randomPart(world: World, table: WorldTable, chance: Chance): WorldPart {
  const numbers = table.fields.filter(isNumber);
  const { name } = table;
  const key = table.key[0];
  if (numbers.length === 0 || chance.percent(30))
    return key === undefined
      ? { table: name, fn: 'distinct', field: chance.one(table.fields).name }
      : {
          table: name,
          fn: chance.one(['count', 'distinct'] as const),
          field: chance.percent(70) ? key : chance.one(table.fields).name,
        };
  const above = world.tables.filter((one) => one !== table && waysUp(world, name, one.name).length === 1);
  const factors = above.flatMap((one) =>
    one.fields.filter(isNumber).map((field) => ({ table: one.name, field: field.name })),
  );
  const fn = chance.one(['sum', 'sum', 'sum', 'avg', 'min', 'max', 'count'] as const);
  const field = chance.one(numbers).name;
  return fn === 'sum' && factors.length > 0 && chance.percent(30)
    ? { table: name, fn, field, times: chance.one(factors) }
    : { table: name, fn, field };
}

function randomMetric(world: World, at: number, chance: Chance): WorldMetric | undefined {
  const usable = world.tables.filter(({ fields }) => fields.length > 0);
  if (usable.length === 0) return undefined;
  const table = chance.one(usable);
  const part = randomPart(world, table, chance);
  const other = randomPart(world, chance.percent(60) ? table : chance.one(usable), chance);
  const whole = chance.one(['only', 'only', 'only', 'ratio', 'difference', 'percent'] as const);
  const [a, b] = [sqlOf(part), sqlOf(other)];
  const written = {
    only: a,
    ratio: `${a} / NULLIF(${b}, 0)`,
    difference: `${a} - ${b}`,
    percent: `100.0 * ${a} / NULLIF(${b}, 0)`,
  };
  const times = table.fields.filter(({ isTime }) => isTime);
  return {
    name: `metric_${at}`,
    parts: whole === 'only' ? [part] : [part, other],
    sql: written[whole],
    whole,
    ...(times.length > 0 && chance.percent(25) ? { time: `${table.name}.${chance.one(times).name}` } : {}),
    ...(chance.percent(5) ? { isCurrent: true } : {}),
    ...(chance.percent(20) ? { decimals: chance.one([0, 2]) } : {}),
  };
}

export const randomMetrics = (world: World, chance: Chance): readonly WorldMetric[] =>
  Array.from({ length: 6 }, (_, at) => randomMetric(world, at + 1, chance)).filter((one) => one !== undefined);
