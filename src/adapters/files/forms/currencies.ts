/** Where a currency's own sign is a word, a locale that writes it. */
const locales = [
  'en-US',
  'de-CH',
  'pl-PL',
  'sv-SE',
  'da-DK',
  'cs-CZ',
  'hu-HU',
  'pt-BR',
  'zh-CN',
  'en-AU',
  'ro-RO',
  'tr-TR',
];

function signsOf(code: string): readonly string[] {
  return locales.flatMap((locale) =>
    (['symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay })
        .formatToParts(1)
        .filter(({ type }) => type === 'currency')
        .map(({ value }) => value.replace(/\.$/, '')),
    ),
  );
}

/** Money in common use, whose signs the locales above know; other codes are read as codes. */
const common =
  'USD EUR GBP JPY CNY CHF PLN SEK DKK NOK CZK HUF BRL AUD CAD NZD RON TRY INR KRW RUB ZAR MXN HKD SGD'.split(' ');

let made: ReadonlySet<string> | undefined;

/** ISO codes and signs that mark an amount, as `Intl` knows them. */
export function currencySigns(): ReadonlySet<string> {
  made ??= new Set(
    [...Intl.supportedValuesOf('currency'), ...common.flatMap(signsOf), '元', '圆', 'RMB', 'Fr'].filter(Boolean),
  );
  return made;
}
