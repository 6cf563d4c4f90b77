/** Words that are written in capitals, or as a sign. */
const acronyms = new Set(['id', 'aov', 'vat', 'sku', 'url', 'ip', 'csv', 'usd', 'eur', 'gbp', 'cny']);
const signs: Readonly<Record<string, string>> = { pct: '%', percent: '%' };

/** A name as a database has it, of words and underscores; anything else was worded by somebody and stays as it is. */
const columnName = /^[a-z]{2,}(_[a-z0-9]+)*$/;

/** `net_revenue` as people write it: `Net revenue`. All stay as they are when two would become the same. */
export function columnTitles(names: readonly string[]): readonly string[] {
  const titles = names.map((name) => (columnName.test(name) ? inWords(name) : name));
  return new Set(titles).size === new Set(names).size ? titles : names;
}

const inWords = (name: string): string =>
  name
    .split('_')
    .map((word, at) => {
      if (acronyms.has(word)) return word.toUpperCase();
      return at === 0 ? capitalised(word) : (signs[word] ?? word);
    })
    .join(' ');

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
