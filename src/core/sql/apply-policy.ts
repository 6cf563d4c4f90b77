import type { Catalogue, CatalogueColumn, CatalogueTable } from '../data/catalogue.ts';
import type { DialectName } from '../data/database.ts';
import type { Mask, SqlPolicy } from './policy.ts';
import { foldName, hasShields, isClosedView, ruleOf } from './shield/shield-sql.ts';

/**
 * The catalogue under a policy: without sample values that would show what is hidden, masked or filtered, and with a
 * note in the comments that people and models read. Row estimates of filtered tables are removed.
 */
export function applyPolicy(catalogue: Catalogue, policy: SqlPolicy, dialect: DialectName): Catalogue {
  const isPlain = policy.hiddenColumns.length === 0 && !hasShields(policy) && policy.session === undefined;
  if (isPlain) return catalogue;
  return { ...catalogue, tables: catalogue.tables.map((table) => tableUnder(table, policy, dialect)) };
}

function tableUnder(table: CatalogueTable, policy: SqlPolicy, dialect: DialectName): CatalogueTable {
  const { masked, hidden, condition } = ruleOf(table, policy, dialect);
  const isFiltered = condition !== undefined || (policy.session !== undefined && table.rowSecurity !== undefined);
  const isSecret = isFiltered || isClosedView(table, policy, dialect);
  const columns = table.columns.map((column) => {
    const name = foldName(column.name, dialect);
    const mask = masked.get(name);
    const plain = isSecret || mask !== undefined || hidden.has(name) ? withoutValues(column) : column;
    return mask === undefined ? plain : { ...plain, comment: addNote(column.comment, maskNotes[mask]) };
  });
  if (!isFiltered) return { ...table, columns };
  const comment = addNote(table.comment, 'each person sees only some of the rows');
  return { ...table, columns, comment, rowEstimate: undefined };
}

const withoutValues = (column: CatalogueColumn): CatalogueColumn => ({ ...column, values: [], valuesComplete: false });

const addNote = (comment: string | undefined, note: string): string => (comment ? `${comment}; ${note}` : note);

const maskNotes: Readonly<Record<Mask, string>> = {
  full: "masked, reads '***'",
  last4: 'masked, only the last four characters are read',
  email: 'masked, only the domain is read',
  hash: 'masked, reads as a pseudonym',
  null: 'masked, reads null',
};
