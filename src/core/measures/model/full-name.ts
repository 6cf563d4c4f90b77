import type { CatalogueColumn } from '../../data/catalogue.ts';
import type { DialectName } from '../../data/database.ts';
import { commonNames } from './common-names.ts';
import { columnPhrases } from './names.ts';
import { identifier } from './sql-text.ts';
import type { TableShape } from './table-shape.ts';

/** The name of a person that a table keeps in two columns. */
export type FullName = { readonly name: string; readonly sql: string };

/** Undefined where there are not both, or a column holds the whole name. */
export function fullNameOf({ table, foreign }: TableShape, dialect: DialectName = 'postgres'): FullName | undefined {
  const called = (wanted: string): readonly CatalogueColumn[] =>
    table.columns.filter(
      ({ name, type }) => type === 'text' && !foreign.has(name) && isCalled(name, table.name, wanted),
    );
  const [first, ...otherFirst] = called('first name');
  const [last, ...otherLast] = called('last name');
  const isWhole = called('full name').length > 0 || table.columns.some(({ name }) => /^name$|^full_?name$/i.test(name));
  if (isWhole || first === undefined || last === undefined || otherFirst.length + otherLast.length > 0)
    return undefined;
  return { name: 'full_name', sql: joined(first, last, dialect) };
}

const isCalled = (name: string, table: string, wanted: string): boolean =>
  columnPhrases(name.replace(/^(first|last|given|family)(name)$/i, '$1_$2'), table).some(
    (phrase) => phrase === wanted || commonNames(phrase).includes(wanted),
  );

/** Without a first name it is the last name alone. In MySQL `||` is OR. */
function joined(first: CatalogueColumn, last: CatalogueColumn, dialect: DialectName): string {
  const [a, b] = [identifier(first.name), identifier(last.name)];
  if (dialect === 'mysql')
    return first.nullable ? `CONCAT(COALESCE(CONCAT(${a}, ' '), ''), ${b})` : `CONCAT(${a}, ' ', ${b})`;
  return first.nullable ? `COALESCE(${a} || ' ', '') || ${b}` : `${a} || ' ' || ${b}`;
}
