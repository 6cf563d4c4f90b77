import type { Catalogue, CatalogueColumn, CatalogueTable } from '../data/catalogue.ts';
import type { DialectName } from '../data/database.ts';
import type { SqlPolicy } from '../sql/policy.ts';
import { foldName } from '../sql/shield/shield-sql.ts';

/** Columns whose values, joined, name a person. */
export type PersonColumns = {
  readonly table: CatalogueTable;
  readonly columns: readonly string[];
  /** `name`: words that are a person only together. `code`: what is hidden or masked. */
  readonly kind: 'name' | 'contact' | 'code';
};

/** More would make the first lesson wait. */
const mostColumns = 40;

const contact = /(?:^|_)(?:e_?mails?|phones?|mobile|telephone|cell|ssn|passport|national_id|iban|tax_id)(?:_|$)/;
const wholeName =
  /^(?:full_?name|(?:customer|client|patient|contact|employee|person|member|student|user|guest|owner|rep|agent|manager|recipient|cardholder)_name)$/;
const personTable =
  /(?:^|_)(?:persons?|people|employees?|staff|patients?|contacts?|members?|students?|users?|guests?|tenants?|applicants?|doctors?|teachers?|drivers?)(?:_|$)/;
const first = /^(?:first|given|fore)_?name$|^vorname$|^prenom$/;
const last = /^(?:last|family|sur)_?name$|^nachname$|^nom$/;

/** `firstName` as `first_name`. */
const snake = (name: string): string => name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();

/** Columns with persons: by their names, and all that the operator hides or masks. Tables before views. */
export function personColumns(catalogue: Catalogue, policy: SqlPolicy, dialect: DialectName): readonly PersonColumns[] {
  const closed = new Set(
    [...policy.hiddenColumns, ...Object.keys(policy.maskedColumns ?? {})].map((name) => foldName(name, dialect)),
  );
  return catalogue.tables
    .filter(({ kind }) => kind === 'table')
    .flatMap((table) => [
      ...pairsOf(table),
      ...table.columns.flatMap((column) => single(table, column, closed, dialect)),
    ])
    .slice(0, mostColumns);
}

function pairsOf(table: CatalogueTable): readonly PersonColumns[] {
  const find = (pattern: RegExp) => table.columns.find(({ name }) => pattern.test(snake(name)))?.name;
  const [given, family] = [find(first), find(last)];
  return given === undefined || family === undefined ? [] : [{ table, columns: [given, family], kind: 'name' }];
}

function single(
  table: CatalogueTable,
  { name, type }: CatalogueColumn,
  closed: ReadonlySet<string>,
  dialect: DialectName,
): readonly PersonColumns[] {
  const plain = snake(name);
  if (type === 'text' && (wholeName.test(plain) || (plain === 'name' && personTable.test(snake(table.name)))))
    return [{ table, columns: [name], kind: 'name' }];
  if (type === 'text' && contact.test(plain)) return [{ table, columns: [name], kind: 'contact' }];
  const isClosed = closed.has(foldName(`${table.schema}.${table.name}.${name}`, dialect));
  return isClosed && !first.test(plain) && !last.test(plain) ? [{ table, columns: [name], kind: 'code' }] : [];
}
