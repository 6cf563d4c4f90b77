import type { CatalogueColumn } from '../../data/catalogue.ts';
import { writeExtension } from './extension.ts';
import { isFlag } from './model.ts';
import { columnPhrases, wordsOfName } from './names.ts';
import type { OssieField } from './ossie.ts';
import { identifier } from './sql-text.ts';
import type { TableShape } from './table-shape.ts';

export const ansi = (expression: string) => ({ dialects: [{ dialect: 'ANSI_SQL' as const, expression }] });

/** Phrases beside the name itself. */
export const synonyms = (phrases: readonly string[], name: string) => {
  const others = [...new Set(phrases)].filter((phrase) => phrase !== wordsOfName(name).join(' '));
  return others.length > 0 ? { ai_context: { synonyms: others } } : {};
};

const isYear = ({ name, type }: CatalogueColumn): boolean =>
  /(?:^|_)year$|Year$|^Year/i.test(name) && (type === 'integer' || type === 'text');

/** Names of columns that hold numbers which nobody adds up. */
const codes =
  /(?:^|_|[a-z])(?:id|code|key|no|number|zip|postcode|phone|year|rank|fax|isbn|lat|lon|latitude|longitude)$/i;
const isCode = (column: CatalogueColumn): boolean => codes.test(column.name) || isYear(column);

const isNumber = ({ type }: CatalogueColumn): boolean => type === 'integer' || type === 'number';

/** Numbers that are kept as text, all of them known: their size means something all the same. */
const keepsNumbers = (column: CatalogueColumn): boolean =>
  column.type === 'text' &&
  flagWords(column) === undefined &&
  column.valuesComplete &&
  column.values.length > 1 &&
  !isFlag(column) &&
  !isCode(column) &&
  column.values.every((value) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value));

const isKey = ({ name }: CatalogueColumn, { key, foreign }: TableShape): boolean =>
  key.includes(name) || foreign.has(name);

const holdsNumbers = (column: CatalogueColumn, shape: TableShape): boolean =>
  isNumber(column) || (keepsNumbers(column) && !isKey(column, shape));

/** What is summed and averaged. */
export const isMeasured = (column: CatalogueColumn, shape: TableShape): boolean =>
  holdsNumbers(column, shape) && !isKey(column, shape) && !isCode(column);

const yes = new Set(['t', 'true', 'y', 'yes', '1']);
const no = new Set(['f', 'false', 'n', 'no', '0']);

/** `is_official` with T and F: rows with T are official. */
export function flagWords({ name, values, valuesComplete }: CatalogueColumn): Record<string, string[]> | undefined {
  const words = wordsOfName(name).filter((word) => !['is', 'has', 'yn', 'flag'].includes(word));
  const isFlag = words.length > 0 && words.length < wordsOfName(name).length && valuesComplete;
  const known = values.map((value) => value.trim().toLowerCase());
  const [said] = values.filter((value) => yes.has(value.trim().toLowerCase()));
  if (!isFlag || said === undefined || !known.every((value) => yes.has(value) || no.has(value))) return undefined;
  return { [said]: [words.join(' ')] };
}

const datatypes = {
  text: 'String',
  integer: 'Integer',
  number: 'Decimal',
  boolean: 'Boolean',
  date: 'Date',
  timestamp: 'DateTime',
} as const;

function datatypeOf({ type }: CatalogueColumn): OssieField['datatype'] {
  return type in datatypes ? datatypes[type as keyof typeof datatypes] : undefined;
}

/** A column as people ask for it. */
export function draftField(column: CatalogueColumn, shape: TableShape, phrases: readonly string[]): OssieField {
  const isCast = !isNumber(column) && holdsNumbers(column, shape);
  const datatype = isCast ? 'Decimal' : datatypeOf(column);
  const surrogate = isKey(column, shape) && (isNumber(column) || /id$/i.test(column.name));
  const name = identifier(column.name);
  return {
    name: column.name,
    expression: ansi(isCast ? `CAST(${name} AS NUMERIC)` : name),
    ...(isYear(column) ? { dimension: { is_time: true } } : {}),
    ...(datatype ? { datatype } : {}),
    ...(column.comment ? { description: column.comment } : {}),
    ...synonyms([...columnPhrases(column.name, shape.table.name), ...phrases], column.name),
    ...writeExtension({ key: surrogate ? true : undefined, value_synonyms: flagWords(column) }),
  };
}
