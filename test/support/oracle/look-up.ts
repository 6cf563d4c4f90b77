import type { Cell } from '../../../src/core/data/database.ts';
import { refuse } from './cells.ts';
import { waysUp } from './ways.ts';
import { fieldOf, type Row, tableOf, type World, type WorldLink } from './world.ts';

/** Rows of a world and what they point to. */
export type LookUp = {
  readonly world: World;
  /** Nothing, as SQL has it, or 0, as people do: both are right. */
  readonly sumOfNothing: null | 0;
  /** The rows that exist for questions. */
  rows(table: string): readonly Row[];
  /** The row that a link leads to. */
  follow(row: Row | undefined, link: WorldLink): Row | undefined;
  /** The one row of another table that belongs to a row. Refuses where two ways lead there. */
  up(row: Row | undefined, from: string, to: string): Row | undefined;
  /** The value of `table.field` for a row of a table below or of the same. */
  value(row: Row | undefined, from: string, field: string): Cell;
};

export function createLookUp(world: World, sumOfNothing: null | 0): LookUp {
  const kept = new Map(
    world.tables.map(({ name, rows, keeps }) => [name, keeps === undefined ? rows : rows.filter(keeps.test)]),
  );
  const rows = (table: string): readonly Row[] => kept.get(table) ?? [];
  const follow: LookUp['follow'] = (row, { to, columns }) =>
    row &&
    rows(to).find((other) => columns.every(([a, b]) => row[a] !== null && row[a] !== undefined && row[a] === other[b]));
  const up: LookUp['up'] = (row, from, to) => {
    const ways = waysUp(world, from, to);
    if (ways.length === 0) refuse('there is no way');
    if (ways.length > 1) refuse('two ways lead there');
    return (ways[0] ?? []).reduce<Row | undefined>(follow, row);
  };
  return {
    world,
    sumOfNothing,
    rows,
    follow,
    up,
    value(row, from, id) {
      const { table, field } = fieldOf(world, id);
      const owner = up(row, from, table.name);
      return owner === undefined ? null : field.valueOf(owner);
    },
  };
}

export const hasWay = (world: World, from: string, to: string): boolean =>
  from === to || waysUp(world, from, to).length > 0;

/** The row's place, for telling rows apart that have no key. */
export const isSameRow = (world: World, table: string, a: Row, b: Row): boolean => {
  const { key } = tableOf(world, table);
  return key.length > 0 ? key.every((column) => a[column] === b[column]) : a === b;
};
