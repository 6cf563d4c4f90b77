import { measure, type Row } from './rows.ts';

/** The language that most people write in where a text is from. */
const spoken: Readonly<Record<string, string>> = {
  at: 'de',
  ch: 'de',
  de: 'de',
  fr: 'fr',
  be: 'nl',
  nl: 'nl',
  es: 'es',
  mx: 'es',
  ar: 'es',
  co: 'es',
  cl: 'es',
  pe: 'es',
  pt: 'pt',
  br: 'pt',
  it: 'it',
  se: 'sv',
  dk: 'da',
  no: 'no',
  fi: 'fi',
  is: 'is',
  pl: 'pl',
  cz: 'cs',
  sk: 'sk',
  hu: 'hu',
  ro: 'ro',
  bg: 'bg',
  hr: 'hr',
  rs: 'sr',
  gr: 'el',
  tr: 'tr',
  ru: 'ru',
  ua: 'uk',
  il: 'he',
  eg: 'ar',
  sa: 'ar',
  ae: 'ar',
  cn: 'zh',
  hk: 'zh',
  tw: 'zh',
  jp: 'ja',
  kr: 'ko',
  vn: 'vi',
  id: 'id',
  my: 'id',
  th: 'th',
  ir: 'fa',
  kz: 'kk',
  lt: 'lt',
  lv: 'lv',
  ee: 'et',
  gb: 'en',
  us: 'en',
  ie: 'en',
  au: 'en',
  nz: 'en',
  ca: 'en',
  in: 'en',
  za: 'en',
  sg: 'en',
};

const languages = new Set(Object.values(spoken));

/** `country` may hold a language, and the last part of a type: `password_de`. */
function languageOf({ language, country, type }: Row): string | undefined {
  const last = type.split('_').at(-1)?.replace(/\d+$/, '') ?? '';
  if (language !== undefined) return language;
  if (country !== undefined) return spoken[country] ?? (languages.has(country) ? country : undefined);
  return languages.has(last) ? last : undefined;
}
const countryOf = ({ country }: Row): string | undefined =>
  country !== undefined && country in spoken ? country.toUpperCase() : undefined;

type Group = { readonly name: string; readonly n: number; readonly found: number; readonly pct: number };

function groupsOf(
  rows: readonly Row[],
  nameOf: (row: Row) => string | undefined,
  leftOut: (name: string) => Parameters<typeof measure>[1],
): readonly Group[] {
  const positive = rows.filter(({ category, hard }) => category !== 'negative' && !hard);
  const names = [...new Set(positive.flatMap((row) => nameOf(row) ?? []))].sort();
  return names.map((name) => {
    const own = positive.filter((row) => nameOf(row) === name);
    return { name, ...measure(own, leftOut(name)).share(() => true) };
  });
}

const pooled = (groups: readonly Group[]): number => {
  const [found, n] = [groups.reduce((sum, one) => sum + one.found, 0), groups.reduce((sum, one) => sum + one.n, 0)];
  return n === 0 ? 0 : Number(((100 * found) / n).toFixed(1));
};

/** The texts of each language without its words, of each country without its rules, and both at once; hard rows left out. */
export function leaveOneOut(rows: readonly Row[]): object {
  const personal = rows.filter(({ category }) => category === 'pii');
  const byLanguage = groupsOf(personal, languageOf, (language) => ({ language }));
  const byCountry = groupsOf(personal, countryOf, (country) => ({ country }));
  const byBoth = groupsOf(personal, countryOf, (country) => ({ country, language: spoken[country.toLowerCase()] }));
  const secrets = groupsOf(
    rows.filter(({ category }) => category === 'secret'),
    languageOf,
    (language) => ({ language }),
  );
  return {
    pii_language_pct: pooled(byLanguage),
    pii_country_pct: pooled(byCountry),
    pii_country_and_language_pct: pooled(byBoth),
    secrets_language_pct: pooled(secrets),
    by_language: byLanguage,
    by_country: byCountry,
    secrets_by_language: secrets,
  };
}
