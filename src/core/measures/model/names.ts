import { normalise, stem } from '../../language/tokens.ts';

/** Words of a name as a programmer writes it: `stadium_name`, `StadiumName`, `petType2`. */
export function wordsOfName(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Parts of names that say what kind of object it is, not what it holds. */
const affixes = new Set([
  'tbl',
  'table',
  'dim',
  'fact',
  'ref',
  'data',
  'list',
  'info',
  'details',
  'detail',
  'master',
  'lookup',
  'vw',
  'view',
  'records',
]);

/** A table's name as people say it: without prefixes and suffixes of its kind. Never empty. */
export function tablePhrases(name: string): readonly string[] {
  const words = wordsOfName(name);
  const content = words.filter((word) => !affixes.has(word));
  return unique([words.join(' '), content.join(' ')]);
}

/** Endings of column names that people leave out or say otherwise. */
const endings: Readonly<Record<string, readonly string[]>> = {
  yn: [''],
  num: ['number'],
  no: ['number'],
  nbr: ['number'],
  cnt: ['count'],
  dt: ['date'],
  amt: ['amount'],
  qty: ['quantity'],
  desc: ['description'],
  addr: ['address'],
  fname: ['first name'],
  lname: ['last name'],
};

/** A column's name as people say it: also without the name of its table, and with short forms written out. */
export function columnPhrases(name: string, table: string): readonly string[] {
  const words = wordsOfName(name);
  const tableWords = new Set(
    tablePhrases(table)
      .flatMap((phrase) => phrase.split(' '))
      .map(stem),
  );
  const written = [
    words,
    ...words.flatMap((word, i) =>
      (endings[word] ?? []).map((full) => [...words.slice(0, i), ...full.split(' '), ...words.slice(i + 1)]),
    ),
  ];
  const said = [...written, ...written.flatMap(withoutUnit)];
  const unprefixed = [...said, ...said.flatMap(turned)].flatMap((list) => {
    const rest = withoutEnds(list.filter((word) => !tableWords.has(stem(word))));
    const unprefixed = tableWords.has(stem(list[0] ?? '')) ? list.slice(1) : list;
    return [list, unprefixed, rest].filter(({ length }, i) => length > 0 && (i === 0 || length < list.length));
  });
  return unique([
    ...unprefixed.map((list) => list.filter((word) => word !== '').join(' ')),
    ...unprefixed.flatMap(happened),
  ]);
}

/** "cost of" is what is left of `cost_of_treatment` in the treatments. */
const withoutEnds = (words: readonly string[]): readonly string[] => {
  const isLoose = (word: string | undefined): boolean => word === 'of' || word === 'in' || word === 'for';
  return words.slice(isLoose(words[0]) ? 1 : 0, isLoose(words.at(-1)) ? -1 : undefined);
};

/** What a number is counted in. */
const units = new Set(
  'millions million thousands percent pct usd eur gbp chf jpy cny dollars euros cents kilograms grams meters metres'.split(
    ' ',
  ),
);
const shortUnits = new Set(
  'm km kg g mg t cm mm ft l ml cl m2 m3 km2 sqm sqft kwh kw mw w lb lbs oz mph kmh kph ms s mins secs hrs bytes kb mb gb'.split(
    ' ',
  ),
);

/** `net_worth_millions` is the net worth. */
function withoutUnit(words: readonly string[]): readonly (readonly string[])[] {
  const last = words.at(-1) ?? '';
  return words.length > 1 && (units.has(last) || shortUnits.has(last)) ? [words.slice(0, -1)] : [];
}

/** What happened in the year of an `open_year`, on the day of an `air_date`. */
function happened([first = '', last, ...more]: readonly string[]): readonly string[] {
  if (more.length > 0 || (last !== 'year' && last !== 'date' && last !== 'time')) return [];
  return [first.endsWith('ed') ? first : first.endsWith('e') ? `${first}d` : `${first}ed`];
}

/** `level_of_membership` is the membership level, `date_arrived` the arrived date. */
function turned(words: readonly string[]): readonly (readonly string[])[] {
  const [first = '', middle, last = ''] = words;
  if (words.length === 3 && middle === 'of') return [[last, first]];
  return words.length === 2 && first === 'date' ? [[middle ?? '', first]] : [];
}

/** Last words that say little: "email address" is the email, not the address. */
const weakHeads = new Set([
  'address',
  'number',
  'code',
  'name',
  'text',
  'description',
  'value',
  'level',
  'title',
  'yn',
  'type',
  'date',
  'id',
  'details',
  'form',
  'status',
  'kind',
]);

/** Short forms of the columns of one table, of which no two are the same: "area" for `SurfaceArea`, "email" for `email_address`. */
export function shortForms(columns: readonly string[], table: string): ReadonlyMap<string, readonly string[]> {
  const phrases = new Map(columns.map((name) => [name, columnPhrases(name, table)]));
  const forms = columns.map((name) => {
    const own = (phrases.get(name) ?? []).flatMap((phrase) => {
      const words = phrase.split(' ');
      if (words.length === 3 && words[1] === 'of') return words[0] === 'number' ? [words[2] ?? ''] : [];
      if (words.length < 2) return [];
      const head = words.at(-1) ?? '';
      return weakHeads.has(head) ? [words.slice(0, -1).join(' ')] : [head];
    });
    return [name, [...new Set(own)]] as const;
  });
  const taken = (form: string, of: string): boolean =>
    forms.some(([name, others]) => name !== of && others.includes(form)) ||
    [...phrases].some(([name, others]) => name !== of && others.some((phrase) => stem(phrase) === stem(form))) ||
    tablePhrases(table).some((phrase) => stem(phrase) === stem(form));
  return new Map(forms.map(([name, own]) => [name, own.filter((form) => form.length > 2 && !taken(form, name))]));
}

/** The first synonym in the language, else the name in words. */
export function labelIn(locale: 'en' | 'zh', phrases: readonly string[]): string {
  const han = phrases.find((phrase) => /\p{Script=Han}/u.test(phrase));
  return (locale === 'zh' ? han : undefined) ?? phrases[0] ?? '';
}

const unique = (phrases: readonly string[]): readonly string[] =>
  [...new Set(phrases.map((phrase) => normalise(phrase)))].filter((phrase) => phrase !== '');
