import type { ColumnType } from '../../../src/core/data/column-type.ts';
import type { Cell } from '../../../src/core/data/database.ts';

export type Row = Readonly<Record<string, Cell>>;

export type WorldColumn = { readonly name: string; readonly type: ColumnType; readonly nullable: boolean };

/** What can be asked for: `sql` is for the product, `valueOf` for the independent reader. They say the same. */
export type WorldField = {
  readonly name: string;
  readonly sql: string;
  readonly type: ColumnType;
  readonly isTime: boolean;
  valueOf(row: Row): Cell;
};

export type WorldTable = {
  readonly name: string;
  readonly columns: readonly WorldColumn[];
  readonly fields: readonly WorldField[];
  readonly key: readonly string[];
  readonly label: string | undefined;
  /** The field that a period refers to, where the model says so. */
  readonly time: string | undefined;
  readonly keeps: { readonly sql: string; readonly test: (row: Row) => boolean } | undefined;
  readonly rows: readonly Row[];
};

/** Each row of `from` has at most one of `to`. */
export type WorldLink = {
  readonly from: string;
  readonly to: string;
  readonly columns: readonly (readonly [from: string, to: string])[];
};

/** One aggregate over the rows of a table. */
export type WorldPart = {
  readonly table: string;
  readonly fn: 'rows' | 'count' | 'distinct' | 'sum' | 'avg' | 'min' | 'max';
  readonly field?: string;
  /** Of a table above, multiplied with the field. */
  readonly times?: { readonly table: string; readonly field: string };
};

export type WorldMetric = {
  readonly name: string;
  readonly parts: readonly WorldPart[];
  /** SQL of the whole, for the model's file. */
  readonly sql: string;
  /** How the parts make the figure. */
  readonly whole: 'only' | 'ratio' | 'difference' | 'percent';
  readonly time?: string;
  readonly isCurrent?: boolean;
  readonly decimals?: number;
};

/** Tables, what they hold, and what the model says of them: all that both readers know. */
export type World = {
  readonly name: string;
  readonly tables: readonly WorldTable[];
  readonly links: readonly WorldLink[];
  readonly metrics: readonly WorldMetric[];
};

export function tableOf(world: World, name: string): WorldTable {
  const found = world.tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`There is no table ${name}.`);
  return found;
}

/** Of `table.field`. */
export function fieldOf(world: World, id: string): { readonly table: WorldTable; readonly field: WorldField } {
  const [name = '', ...rest] = id.split('.');
  const table = tableOf(world, name);
  const field = table.fields.find((one) => one.name === rest.join('.'));
  if (field === undefined) throw new Error(`There is no field ${id}.`);
  return { table, field };
}
