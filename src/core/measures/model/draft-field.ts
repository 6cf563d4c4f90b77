import type { CatalogueColumn } from '../../data/catalogue.ts';
import { type Enumeration, enumerationOf, meaningSql } from './enumerations.ts';
import { writeExtension } from './extension.ts';
import { flagWords, saysYesOrNo } from './flags.ts';
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
  holdsNumbers(column, shape) &&
  !isKey(column, shape) &&
  !isCode(column) &&
  !(column.values.length > 0 && saysYesOrNo(column)) &&
  enumerationOf(column) === undefined;

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
  const isReference = isKey(column, shape);
  const surrogate = isReference && (isNumber(column) || /id$/i.test(column.name));
  const meanings = surrogate ? undefined : enumerationOf(column);
  const isCoded = meanings !== undefined && isNumber(column);
  const datatype = isCoded ? 'String' : isCast ? 'Decimal' : datatypeOf(column);
  const name = identifier(column.name);
  const sql = isCoded ? meaningSql(column.name, meanings) : isCast ? `CAST(${name} AS NUMERIC)` : name;
  return {
    name: column.name,
    expression: ansi(sql),
    ...(isYear(column) ? { dimension: { is_time: true } } : {}),
    ...(datatype ? { datatype } : {}),
    ...(column.comment ? { description: column.comment } : {}),
    ...synonyms([...columnPhrases(column.name, shape.table.name), ...phrases], column.name),
    ...writeExtension({
      key: surrogate ? true : undefined,
      top_values: isCoded ? [...meanings.values()] : undefined,
      value_synonyms: isCoded
        ? undefined
        : meanings !== undefined
          ? wordsOf(meanings)
          : isReference
            ? undefined
            : flagWords(column),
    }),
  };
}

const wordsOf = (meanings: Enumeration): Record<string, string[]> =>
  Object.fromEntries([...meanings].map(([code, meaning]) => [code, [meaning]]));
