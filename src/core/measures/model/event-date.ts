import type { CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';
import { stem } from '../../language/tokens.ts';
import { tablePhrases, wordsOfName } from './names.ts';

/** Words that say no more than that a column is a date. */
const dateWords = new Set(['at', 'on', 'date', 'time', 'day', 'datetime', 'timestamp', 'ts', 'dt', 'utc', 'when']);
/** When a row was last touched, or what is kept for those who look after the data: nothing happened then. */
const bookkeeping = new Set(
  'update updated modify modified change changed edit edited touch touched sync synced synchronised synchronized load loaded import imported last etl insert inserted ingest ingested'.split(
    ' ',
  ),
);
/** What comes after what the row is about: a thing is ordered before it is shipped. */
const later = new Set(
  'delete deleted remove removed expire expired expires expiry due end ended close closed complete completed finish finished ship shipped deliver delivered return returned cancel cancelled canceled resolve resolved approve approved archive archived required estimated expected planned valid effective'.split(
    ' ',
  ),
);
/** When the row came to be. */
const beginning = new Set(
  'create created creation add added place placed open opened register registered registration submit submitted occur occurred happen happened start started begin began post posted publish published issue issued sign signed join joined order ordered record recorded enter entered'.split(
    ' ',
  ),
);

const isDate = ({ type }: CatalogueColumn): boolean => type === 'date' || type === 'timestamp';

/** The words of a column's name that say what happened. */
const saidOf = (name: string): readonly string[] => wordsOfName(name).filter((word) => !dateWords.has(word));

const isOfAny = (name: string, words: ReadonlySet<string>): boolean => saidOf(name).some((word) => words.has(word));

/** No event: a column that changes whenever somebody looks after the row. */
export const isBookkeeping = (name: string): boolean => isOfAny(name, bookkeeping);

/** "ordered_at" of orders, "payment_date" of payments, a plain "date". */
function isOwn(name: string, nouns: ReadonlySet<string>): boolean {
  const said = saidOf(name);
  return said.every((word) => nouns.has(root(word)));
}

const root = (word: string): string => stem(word).replace(/(?:ed|ing|ment|al|e)$/, '');

/**
 * The date that a row of a table is about, where it has several: its own event before its creation, both before what
 * comes later. Undefined where names do not tell: people are asked then.
 */
export function eventDateOf(table: CatalogueTable): string | undefined {
  const dates = table.columns.filter((column) => isDate(column) && !isBookkeeping(column.name));
  const nouns = new Set(tablePhrases(table.name).flatMap((phrase) => phrase.split(' ').map(root)));
  const first = dates.filter(({ name }) => !isOfAny(name, later));
  const comment = (column: CatalogueColumn): boolean =>
    /\b(?:placed|created|occurred|happened|when the .* was (?:made|placed|created))\b/i.test(column.comment ?? '');
  const tiers = [
    dates.filter(({ name }) => isOwn(name, nouns)),
    first.filter(({ name }) => isOfAny(name, beginning)),
    first.filter(comment),
    first.filter(({ nullable }) => !nullable),
    first,
  ];
  const [best] = tiers.filter((tier) => tier.length > 0);
  return best?.length === 1 ? best[0]?.name : undefined;
}
