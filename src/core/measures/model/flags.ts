import type { CatalogueColumn } from '../../data/catalogue.ts';
import { isFlag, truthOf } from './model.ts';
import { wordsOfName } from './names.ts';

/** What is not so, where English has a word for it. */
const opposites: Readonly<Record<string, string>> = {
  active: 'inactive',
  approved: 'unapproved',
  available: 'unavailable',
  complete: 'incomplete',
  confirmed: 'unconfirmed',
  enabled: 'disabled',
  internal: 'external',
  online: 'offline',
  open: 'closed',
  paid: 'unpaid',
  public: 'private',
  published: 'unpublished',
  read: 'unread',
  resolved: 'unresolved',
  shipped: 'unshipped',
  solved: 'unsolved',
  subscribed: 'unsubscribed',
  used: 'unused',
  valid: 'invalid',
  verified: 'unverified',
  visible: 'hidden',
};

/** Parts of a name that say that it is a flag. */
const marks = new Set(['is', 'has', 'was', 'yn', 'flag']);

type Flagged = Pick<CatalogueColumn, 'name' | 'type' | 'values' | 'valuesComplete'>;

/** The column says yes or no, and its values, if it lists any, are all that it has. */
export const saysYesOrNo = (column: Flagged): boolean =>
  column.type === 'boolean' ||
  // A number that was never but 0 or 1 in few rows may be a count: both have to be there.
  (column.valuesComplete && isFlag(column) && (column.type === 'text' || column.values.length === 2));

/** `is_official` with T and F: "official" rows are those with T. With a word for the others, if there is one. */
export function flagWords(column: Flagged): Record<string, string[]> | undefined {
  const words = wordsOfName(column.name);
  const said = words.filter((word) => !marks.has(word)).join(' ');
  const yes = truthOf(column);
  if (!saysYesOrNo(column) || said === '' || yes === undefined) return undefined;
  const no = column.type === 'boolean' ? 'false' : column.values.find((value) => value !== yes);
  const opposite = opposites[said];
  const named = said === words.join(' ') ? {} : { [yes]: [said] };
  const unnamed = opposite === undefined || no === undefined ? {} : { [no]: [opposite] };
  // A value of a number has to be listed: the catalogue lists texts only.
  const listed = column.type === 'integer' ? Object.fromEntries(column.values.map((value) => [value, []])) : {};
  const all = { ...listed, ...named, ...unnamed };
  return Object.keys(all).length === 0 ? undefined : all;
}
