/** Languages whose month names are read, full and short, as `Intl` writes them. */
const locales = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'pl', 'cs', 'tr', 'ru'];

let made: ReadonlyMap<string, number> | undefined;

/** Lower-case name without a final dot → number of the month. A name that two languages use differently is left out. */
export function monthNames(): ReadonlyMap<string, number> {
  made ??= readNames();
  return made;
}

function readNames(): ReadonlyMap<string, number> {
  const names = new Map<string, number>([['sept', 9]]);
  const clashes = new Set<string>();
  for (const [name, month] of locales.flatMap(namesOf)) {
    const known = names.get(name);
    if (known !== undefined && known !== month) clashes.add(name);
    else names.set(name, month);
  }
  for (const name of clashes) names.delete(name);
  return names;
}

/** With the day beside, many languages inflect the name. */
const namesOf = (locale: string): readonly (readonly [name: string, month: number])[] =>
  (['long', 'short'] as const).flatMap((month) =>
    [{ month }, { month, day: 'numeric' } as const].flatMap((options) =>
      Array.from({ length: 12 }, (_, index) => {
        const parts = new Intl.DateTimeFormat(locale, options).formatToParts(new Date(2021, index, 15));
        const name = parts.find(({ type }) => type === 'month')?.value ?? '';
        return [name.toLowerCase().replace(/\.$/, ''), index + 1] as const;
      }).filter(([name]) => /^\p{L}{3,}$/u.test(name)),
    ),
  );
