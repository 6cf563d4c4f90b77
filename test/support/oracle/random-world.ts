import type { ColumnType } from '../../../src/core/data/column-type.ts';
import type { Cell } from '../../../src/core/data/database.ts';
import type { Chance } from './chance.ts';
import { randomMetrics } from './random-metrics.ts';
import { shapes, type TableShape } from './shapes.ts';
import type { Row, World, WorldColumn, WorldField, WorldLink, WorldTable } from './world.ts';

type Pool = { readonly name: string; readonly type: ColumnType; readonly cells: readonly Cell[] };

const days = [
  '2024-02-29',
  '2024-12-30',
  '2024-12-31',
  '2025-01-01',
  '2025-03-31',
  '2025-06-14',
  '2025-06-15',
  '2025-07-01',
];
const later = [
  '2025-09-30',
  '2025-12-31',
  '2026-01-01',
  '2026-03-15',
  '2026-05-31',
  '2026-06-01',
  '2026-06-14',
  '2026-06-15',
];
const allDays = [...days, ...later];
const clock = ['00:00:00', '00:00:01', '12:30:00', '23:59:59'];

/** Texts as people leave them: cases and blanks that differ, quotes, signs of LIKE, nothing, other scripts. */
const dirty = [
  'Berlin',
  'berlin',
  ' Berlin',
  'BERLIN ',
  'Paris',
  "L'Aquila",
  '',
  '100%',
  'a_b',
  'Ünna',
  'ünna',
  '上海',
  'back\\slash',
];
/** Broken numbers are eighths, which every engine adds up exactly. */
const pools: readonly Pool[] = [
  { name: 'city', type: 'text', cells: dirty },
  { name: 'country', type: 'text', cells: ['DE', 'FR', 'US'] },
  { name: 'status', type: 'text', cells: ['open', 'closed', 'on hold'] },
  { name: 'amount', type: 'number', cells: [0, 0.5, 1.25, 10, 19.75, -3.5, 100] },
  { name: 'cost', type: 'number', cells: [0, 2.5, 4, 7.25] },
  { name: 'quantity', type: 'integer', cells: [0, 1, 2, 3, 7, -1] },
  { name: 'rank', type: 'integer', cells: [1, 2, 3] },
  { name: 'active', type: 'boolean', cells: [true, false] },
  { name: 'UnitPrice', type: 'number', cells: [1.5, 2, 8.25] },
];
const created: Pool = { name: 'created_on', type: 'date', cells: allDays };
const shipped: Pool = { name: 'shipped_on', type: 'date', cells: allDays };
const happened: Pool = {
  name: 'happened_at',
  type: 'timestamp',
  cells: allDays.flatMap((day) => clock.map((time) => `${day} ${time}`)),
};
const yearly: Pool = { name: 'season', type: 'integer', cells: [2024, 2025, 2026] };

const datesOf = (chance: Chance): readonly Pool[] =>
  chance.one([[], [created], [created], [happened], [created, shipped], [happened, shipped], [yearly]]);

/** Numbers that go from 1 on; a link's column may hold none, or one that leads nowhere. */
function keyCells(chance: Chance, count: number, mayMiss: boolean): Cell {
  if (mayMiss && chance.percent(12)) return null;
  if (mayMiss && chance.percent(6)) return 999;
  return 1 + chance.below(Math.max(count, 1));
}

const named = (name: string): string => (/^[a-z_]+$/.test(name) ? name : `"${name}"`);

function plainField({ name, type }: Pool, isTime: boolean): WorldField {
  return { name: name.toLowerCase(), sql: named(name), type, isTime, valueOf: (row) => row[name] ?? null };
}

/** Fields that are computed from columns. */
function madeFields(pool: readonly Pool[]): readonly WorldField[] {
  const has = (name: string): boolean => pool.some((one) => one.name === name);
  const numbers = (row: Row, a: string, b: string): readonly [number, number] | undefined =>
    typeof row[a] === 'number' && typeof row[b] === 'number' ? [row[a], row[b]] : undefined;
  const margin: WorldField = {
    name: 'margin',
    sql: 'amount - cost',
    type: 'number',
    isTime: false,
    valueOf(row) {
      const both = numbers(row, 'amount', 'cost');
      return both === undefined ? null : both[0] - both[1];
    },
  };
  const size: WorldField = {
    name: 'size',
    sql: "CASE WHEN quantity > 2 THEN 'large' ELSE 'small' END",
    type: 'text',
    isTime: false,
    valueOf: ({ quantity }) => (typeof quantity === 'number' && quantity > 2 ? 'large' : 'small'),
  };
  return [...(has('amount') && has('cost') ? [margin] : []), ...(has('quantity') ? [size] : [])];
}

const filters = [
  { sql: "status <> 'closed'", column: 'status', test: ({ status }: Row) => status !== null && status !== 'closed' },
  {
    sql: "country = 'DE' OR country = 'FR'",
    column: 'country',
    test: ({ country }: Row) => country === 'DE' || country === 'FR',
  },
] as const;

function randomTable(shape: TableShape, chance: Chance, sizes: ReadonlyMap<string, number>): WorldTable {
  const pool = [...chance.some(pools, 5), ...datesOf(chance)];
  const isBridge = shape.isBridge === true;
  // A field called "name" names the rows without being told so.
  const naming = chance.percent(20) ? 'code' : 'name';
  const name: WorldColumn = { name: naming, type: 'text', nullable: false };
  const strict = new Set(pool.filter(() => chance.percent(30)).map((one) => one.name));
  const links = shape.to.map(({ table, column }) => ({ table, column, mayMiss: !isBridge && chance.percent(60) }));
  const columns: readonly WorldColumn[] = [
    ...(isBridge ? [] : [{ name: 'id', type: 'integer' as const, nullable: false }, name]),
    ...links.map(({ column, mayMiss }) => ({ name: column, type: 'integer' as const, nullable: mayMiss })),
    ...pool.map((one) => ({ name: one.name, type: one.type, nullable: !strict.has(one.name) })),
  ];
  const rows = Array.from({ length: sizes.get(shape.name) ?? 0 }, (_, at): Row => {
    const own = pool.map((one) => [
      one.name,
      !strict.has(one.name) && chance.percent(15) ? null : chance.one(one.cells),
    ]);
    const keys = links.map(({ table, column, mayMiss }) => [column, keyCells(chance, sizes.get(table) ?? 0, mayMiss)]);
    const ids = isBridge
      ? []
      : [
          ['id', at + 1],
          [naming, `${shape.name} ${chance.percent(10) ? 1 : at + 1}`],
        ];
    return Object.fromEntries([...ids, ...keys, ...own]);
  });
  const times = pool.filter((one) => one.type === 'date' || one.type === 'timestamp' || one === yearly);
  const kept = filters.find(({ column }) => pool.some((one) => one.name === column) && chance.percent(15));
  return {
    name: shape.name,
    columns,
    fields: [
      ...(isBridge ? [] : [plainField({ name: naming, type: 'text', cells: [] }, false)]),
      ...pool.map((one) => plainField(one, times.includes(one))),
      ...madeFields(pool),
    ],
    key: isBridge ? [] : ['id'],
    label: isBridge || naming === 'code' ? undefined : naming,
    time: times.length > 0 && chance.percent(70) ? chance.one(times).name : undefined,
    keeps: kept === undefined ? undefined : { sql: kept.sql, test: kept.test },
    rows,
  };
}

/** Tables of one of the shapes, with columns, rows and metrics by chance. */
export function randomWorld(chance: Chance): World {
  const shape = chance.one(shapes);
  const sizes = new Map(shape.tables.map(({ name }) => [name, chance.one([0, 1, 3, 6, 12, 12, 25])]));
  const tables = shape.tables.map((table) => randomTable(table, chance, sizes));
  const links: readonly WorldLink[] = shape.tables.flatMap(({ name, to }) =>
    to.map(({ table, column }) => ({ from: name, to: table, columns: [[column, 'id'] as const] })),
  );
  const world = { name: shape.name, tables, links, metrics: [] };
  return { ...world, metrics: randomMetrics(world, chance) };
}
