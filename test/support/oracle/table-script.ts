import type { ColumnType } from '../../../src/core/data/column-type.ts';
import type { Cell, DialectName } from '../../../src/core/data/database.ts';
import { shapes } from './shapes.ts';
import type { World } from './world.ts';

const types: Readonly<Record<DialectName, Partial<Record<ColumnType, string>>>> = {
  postgres: { number: 'numeric(12,3)', timestamp: 'timestamp', boolean: 'boolean' },
  duckdb: { number: 'decimal(12,3)', timestamp: 'timestamp', boolean: 'boolean' },
  mysql: {
    number: 'decimal(12,3)',
    timestamp: 'datetime',
    boolean: 'boolean',
    text: 'varchar(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin',
  },
  sqlite: { number: 'real', timestamp: 'text', date: 'text', boolean: 'integer' },
};

const quoted = (name: string, dialect: DialectName): string => (dialect === 'mysql' ? `\`${name}\`` : `"${name}"`);

function literal(cell: Cell | undefined, dialect: DialectName): string {
  if (cell === null || cell === undefined) return 'NULL';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return dialect === 'sqlite' ? String(Number(cell)) : String(cell);
  const text = cell.replaceAll("'", "''");
  return `'${dialect === 'mysql' ? text.replaceAll('\\', '\\\\') : text}'`;
}

/** Names of all shapes: what a world before may have left. */
const everyTable = [...new Set(shapes.flatMap(({ tables }) => tables.map(({ name }) => name)))];

/** The world's tables and rows as statements, and nothing of a world before. */
export function tableScript({ tables }: World, dialect: DialectName): string {
  const drops = everyTable.map((name) => `DROP TABLE IF EXISTS ${quoted(name, dialect)}`);
  const makes = tables.flatMap(({ name, columns, rows }) => {
    const typed = columns.map(
      (one) => `${quoted(one.name, dialect)} ${types[dialect][one.type] ?? one.type}${one.nullable ? '' : ' NOT NULL'}`,
    );
    const values = rows.map((row) => `(${columns.map((one) => literal(row[one.name], dialect)).join(', ')})`);
    return [
      `CREATE TABLE ${quoted(name, dialect)} (${typed.join(', ')})`,
      ...(values.length > 0 ? [`INSERT INTO ${quoted(name, dialect)} VALUES ${values.join(', ')}`] : []),
    ];
  });
  return `${[...drops, ...makes].join(';\n')};`;
}
