/** Words in capitals. */
const acronyms = new Set(['id', 'aov', 'vat', 'sku', 'url', 'ip', 'csv', 'usd', 'eur', 'gbp', 'cny']);
/** Words that are written as a sign. */
const signs: Readonly<Record<string, string>> = { pct: '%', percent: '%' };

/** A name as a database has it, of words and underscores. Any other name was worded by a person and stays as it is. */
const columnName = /^[a-z]{2,}(_[a-z0-9]+)*$/;

/** `net_revenue` as people write it: `Net revenue`. All names stay as they are when two would become the same. */
export function columnTitles(names: readonly string[]): readonly string[] {
  const titles = names.map((name) => (columnName.test(name) ? splitColumnName(name) : name));
  return new Set(titles).size === new Set(names).size ? titles : names;
}

const splitColumnName = (name: string): string =>
  name
    .split('_')
    .map((word, at) => {
      if (acronyms.has(word)) return word.toUpperCase();
      return at === 0 ? capitalise(word) : (signs[word] ?? word);
    })
    .join(' ');

const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
