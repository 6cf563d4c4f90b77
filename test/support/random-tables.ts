import fc from 'fast-check';
import iconv from 'iconv-lite';

/** A table as a person may have it in a file, and what is in it. */
export type RandomTable = {
  readonly bytes: Buffer;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: 'number' | 'date' | 'timestamp' | 'boolean' | 'text';
  }[];
  /** Canonical texts: digits with a point, ISO days, true and false; null where there is no value. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Lines of the file that are no rows, without the header. */
  readonly lines: number;
};

type Style = {
  readonly delimiter: string;
  readonly encoding: string;
  readonly newLine: string;
  readonly quotesAll: boolean;
  readonly decimal: string;
  readonly group: string;
  readonly currency: string;
  readonly order: 'DMY' | 'MDY' | 'YMD';
  readonly mark: string;
  readonly clock: '24' | '12';
  readonly booleans: readonly [string, string];
  readonly missing: string;
  readonly titles: number;
  readonly badLines: number;
  readonly closes: boolean;
};

type ColumnMaker = {
  readonly kind: RandomTable['columns'][number]['kind'];
  value(): fc.Arbitrary<string>;
  write(value: string, style: Style): string;
};

const texts: Readonly<Record<string, readonly string[]>> = {
  gb18030: ['北京的客户', '上海的订单', '深圳仓库', '说, "好"', '两行\n文字'],
  'windows-1252': ['Jürgen', 'café crème', 'a, b; c', 'say "no"', 'two\nlines', 'Ærø', "O'Neil"],
  any: ['Jürgen', '北京的客户', 'a, b; c|d', 'say "no"', 'two\nlines', "O'Neil", 'x\ty'],
};

const style: fc.Arbitrary<Style> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    encoding: fc.constantFrom('utf-8', 'utf-8 bom', 'utf-16le', 'utf-16be', 'windows-1252', 'gb18030'),
    newLine: fc.constantFrom('\n', '\r\n'),
    quotesAll: fc.boolean(),
    numbers: fc.constantFrom('. ', '.,', ".'", ', ', ',.', '.', ','),
    currency: fc.constantFrom('', '', '$', '€', 'USD'),
    order: fc.constantFrom('DMY' as const, 'MDY' as const, 'YMD' as const),
    mark: fc.constantFrom('-', '/', '.'),
    clock: fc.constantFrom('24' as const, '12' as const),
    booleans: fc.constantFrom(
      ['true', 'false'] as const,
      ['yes', 'no'] as const,
      ['Y', 'N'] as const,
      ['TRUE', 'FALSE'] as const,
    ),
    missing: fc.constantFrom('', 'NA', 'N/A', 'NULL', '-', 'nan'),
    titles: fc.nat(2),
    badLines: fc.nat(2),
    closes: fc.boolean(),
  })
  .map(({ numbers, ...rest }) => ({ ...rest, decimal: numbers[0] ?? '.', group: numbers[1] ?? '' }))
  // Commas between fields go with a decimal point.
  .filter(({ delimiter, decimal }) => delimiter !== ',' || decimal === '.');

const two = (number: number): string => String(number).padStart(2, '0');

function grouped(digits: string, group: string): string {
  return group === '' ? digits : digits.replace(/\B(?=(\d{3})+(?!\d))/g, group);
}

function written(value: string, { decimal, group, currency }: Style): string {
  const [whole = '', fraction] = value.replace('-', '').split('.');
  const text = grouped(whole, group) + (fraction === undefined ? '' : decimal + fraction);
  return `${value.startsWith('-') ? '-' : ''}${currency === 'USD' ? 'USD ' : currency}${text}`;
}

function writtenDay(iso: string, { order, mark }: Style): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  const parts = { DMY: [day, month, year], MDY: [month, day, year], YMD: [year, month, day] }[order];
  return parts.join(mark);
}

function writtenTime(time: string, { clock }: Style): string {
  const [hour = '', ...rest] = time.split(':');
  if (clock === '24') return time;
  return `${Number(hour) % 12 || 12}:${rest.join(':')} ${Number(hour) < 12 ? 'AM' : 'PM'}`;
}

const day = fc
  .date({ min: new Date('1971-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const amount = (fraction: number) =>
  fc
    .tuple(fc.integer({ min: -2_000_000, max: 2_000_000 }), fc.nat(10 ** fraction - 1))
    .map(([whole, rest]) => `${whole === 0 ? '1' : whole}.${String(rest).padStart(fraction, '0')}`);

const makers: readonly ((style: Style) => ColumnMaker)[] = [
  () => ({ kind: 'number', value: () => fc.integer({ min: -5_000_000, max: 5_000_000 }).map(String), write: written }),
  () => ({
    kind: 'number',
    value: () => fc.bigInt({ min: 0n, max: 2n ** 66n }).map(String),
    write: (value, one) => written(value, { ...one, currency: '' }),
  }),
  () => ({ kind: 'number', value: () => amount(2), write: written }),
  () => ({ kind: 'number', value: () => amount(3), write: written }),
  () => ({ kind: 'date', value: () => day, write: writtenDay }),
  () => ({
    kind: 'timestamp',
    value: () =>
      fc
        .tuple(day, fc.nat(23), fc.nat(59), fc.nat(59))
        .map(([date, h, m, s]) => `${date} ${two(h)}:${two(m)}:${two(s)}`),
    write: (value, one) => `${writtenDay(value.slice(0, 10), one)} ${writtenTime(value.slice(11), one)}`,
  }),
  () => ({
    kind: 'boolean',
    value: () => fc.constantFrom('true', 'false'),
    write: (value, { booleans }) => booleans[value === 'true' ? 0 : 1],
  }),
  ({ encoding }) => ({
    kind: 'text',
    value: () => fc.constantFrom(...(texts[encoding] ?? texts.any ?? [])),
    write: (value) => value,
  }),
];

function quoted(text: string, { delimiter, quotesAll }: Style): string {
  const needs = text.includes(delimiter) || /["\r\n]/.test(text) || /^\s|\s$/.test(text);
  return quotesAll || needs ? `"${text.replaceAll('"', '""')}"` : text;
}

function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8 bom') return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);
  return iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') });
}

/** Tables of all kinds of columns in all kinds of writing. */
export const randomTable: fc.Arbitrary<RandomTable> = style.chain((one) => {
  const columns = fc
    .array(fc.nat(makers.length - 1), { minLength: 1, maxLength: 5 })
    .map((picked) => [...picked, makers.length - 1]);
  return columns.chain((picked) => {
    const made = picked.flatMap((index) => makers[index]?.(one) ?? []);
    const cell = ({ kind, value }: ColumnMaker) => (kind === 'text' ? value() : fc.option(value(), { freq: 6 }));
    return fc
      .array(fc.tuple(...made.map(cell)), { minLength: 3, maxLength: 30 })
      .map((rows) => tableOf(made, rows as readonly (readonly (string | null)[])[], one));
  });
});

function tableOf(made: readonly ColumnMaker[], rows: readonly (readonly (string | null)[])[], one: Style): RandomTable {
  const names = made.map((_, index) => `name ${String.fromCharCode(97 + index)}`);
  const line = (cells: readonly string[]) => cells.map((cell) => quoted(cell, one)).join(one.delimiter);
  const body = rows.map((row) =>
    line(row.map((value, index) => (value === null ? one.missing : (made[index]?.write(value, one) ?? '')))),
  );
  // Lines with two fields too many, among the rows.
  const bad = Array.from({ length: Math.min(one.badLines, Math.floor(rows.length / 4)) }, () =>
    line([...names, 'too', 'many']),
  );
  const middle = Math.ceil(body.length / 2);
  const titles = Array.from({ length: one.titles }, (_, index) =>
    line([`Report ${index}`, ...names.slice(1).map(() => '')]),
  );
  const lines = [...titles, line(names), ...body.slice(0, middle), ...bad, ...body.slice(middle)];
  return {
    bytes: encode(lines.join(one.newLine) + (one.closes ? one.newLine : ''), one.encoding),
    columns: made.map(({ kind }, index) => ({ name: names[index] ?? '', kind })),
    rows,
    lines: titles.length + bad.length,
  };
}
