import type { Catalogue, CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';
import { enumerationOf } from './enumerations.ts';
import { isBookkeeping } from './event-date.ts';
import { datasetExtension, readExtension } from './extension.ts';
import { saysYesOrNo } from './flags.ts';
import { wordsOfName } from './names.ts';
import type { OssieDataset, OssieModel } from './ossie.ts';

/** What a draft could not know. `path`: where the answer is written, below the model. */
export type DraftQuestion = { readonly path: readonly (string | number)[]; readonly text: string };

/** Words for sums of money. */
const money = new Set(
  'amount price cost fee revenue sales total subtotal discount salary wage payment balance budget tax spend'.split(' '),
);
const currencies = new Set(['usd', 'eur', 'gbp', 'chf', 'jpy', 'cny', 'dollars', 'euros', 'cents']);
/** Words for columns whose codes have a meaning. */
const coded = new Set(['status', 'state', 'type', 'kind', 'category', 'stage', 'level', 'priority', 'reason', 'code']);
/** More different values than this are no list of codes. */
const mostCodes = 12;

/**
 * Questions to the person who corrects a draft, in the order of the file: what decides figures, and could only be
 * guessed or left open. `model` is the draft of this catalogue.
 */
export function draftQuestions(model: OssieModel, catalogue: Catalogue): readonly DraftQuestion[] {
  return [
    ...model.datasets.flatMap((dataset, at) => {
      const table = tableOf(dataset, catalogue);
      if (table === undefined) return [];
      return ofDataset(dataset, table, model).map(({ path, text }) => ({ path: ['datasets', at, ...path], text }));
    }),
    ...ofJoins(model, catalogue),
  ];
}

const tableOf = ({ name }: OssieDataset, { tables }: Catalogue): CatalogueTable | undefined =>
  tables.find((table) => table.name === name);

function ofDataset(
  dataset: OssieDataset,
  table: CatalogueTable,
  { metrics = [] }: OssieModel,
): readonly DraftQuestion[] {
  const extension = readExtension(datasetExtension, dataset);
  const own = extension.ok ? extension.data : undefined;
  const dates = table.columns.filter(({ type, name }) => isDate(type) && !isBookkeeping(name)).map(({ name }) => name);
  const hasMetrics = metrics.some(({ expression }) => expression.dialects[0]?.expression.includes(`${dataset.name}.`));
  const texts = table.columns.some(({ type }) => type === 'text');
  return [
    ...(dates.length > 1 && own?.time_field === undefined
      ? [
          {
            path: ['custom_extensions'],
            text: `Which date says when one of ${table.name} happened: ${dates.join(' or ')}? Write it as "time_field".`,
          },
        ]
      : []),
    ...(own?.label_field === undefined && texts && hasMetrics
      ? [
          {
            path: ['fields'],
            text: `What do people call one of ${table.name} by? Write the field as "label_field" of the dataset.`,
          },
        ]
      : []),
    ...table.columns.flatMap((column, at) =>
      ofColumn(column, table.name).map((text) => ({ path: ['fields', at], text })),
    ),
  ];
}

const isDate = (type: CatalogueColumn['type']): boolean => type === 'date' || type === 'timestamp';

function ofColumn(column: CatalogueColumn, table: string): readonly string[] {
  const words = wordsOfName(column.name);
  const path = `${table}.${column.name}`;
  if (needsMeanings(column, words))
    return [
      `What do the codes of ${path} mean (${column.values.slice(0, mostCodes).join(', ')})? Write them as "value_synonyms".`,
    ];
  const isMoney = words.some((word) => money.has(word)) && !words.some((word) => currencies.has(word));
  if (isMoney && column.type === 'number')
    return [`Which currency is ${path} in? Write it as "currency" of its metrics, e.g. "EUR".`];
  return [];
}

/** Short codes, or numbers in a column that is called a status, which nobody has explained. */
function needsMeanings(column: CatalogueColumn, words: readonly string[]): boolean {
  const { values, valuesComplete, type } = column;
  if (!valuesComplete || values.length < 2 || values.length > mostCodes || saysYesOrNo(column)) return false;
  if (enumerationOf(column) !== undefined) return false;
  const isCode = values.every((value) => /^\d{1,3}$|^[\p{Lu}\d]{1,2}$/u.test(value));
  return isCode && (type === 'text' || words.some((word) => coded.has(word)));
}

/** Two ways from one table to another, and joins that were read from names. */
function ofJoins({ relationships = [] }: OssieModel, { tables }: Catalogue): readonly DraftQuestion[] {
  return relationships.flatMap(({ from, to, from_columns: columns }, at): DraftQuestion[] => {
    const path = ['relationships', at];
    const rivals = relationships.filter((one) => one.from === from && one.to === to);
    const isDeclared = tables
      .find(({ name }) => name === from)
      ?.foreignKeys.some((key) => key.columns.join() === columns.join());
    if (rivals.length > 1 && rivals[0]?.from_columns === columns && from !== to)
      return [
        {
          path,
          text: `${from} has ${rivals.length} ways to ${to} (${rivals.map((one) => one.from_columns.join('+')).join(', ')}). Which is meant where nobody says? Remove the others, or give them synonyms.`,
        },
      ];
    return isDeclared
      ? []
      : [
          {
            path,
            text: `Does ${from}.${columns.join('+')} point to ${to}? The database does not say so; the names do. Remove it if not.`,
          },
        ];
  });
}
