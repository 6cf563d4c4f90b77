import { type FormReading, quoteText } from './form-reading.ts';

/** True and false as programs and people write them, each pair in one language. */
const pairs: readonly (readonly [yes: string, no: string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
  ['wahr', 'falsch'],
  ['ja', 'nein'],
  ['vrai', 'faux'],
  ['oui', 'non'],
  ['verdadero', 'falso'],
  ['sí', 'no'],
  ['si', 'no'],
  ['да', 'нет'],
  ['是', '否'],
  ['真', '假'],
  ['有', '无'],
];

/** One half alone may be a code or an initial; these words are not. */
const clear: ReadonlySet<string> = new Set(['true', 'false', 'yes', 'wahr', 'falsch', 'vrai', 'faux']);

export function booleanReading(values: readonly string[]): FormReading | undefined {
  const seen = [...new Set(values.map((value) => value.toLowerCase()))];
  const pair = pairs.find((one) => seen.every((value) => one.includes(value)));
  if (pair === undefined || (seen.length === 1 && !clear.has(seen[0] ?? ''))) return undefined;
  const [yes, no] = pair;
  return {
    kind: 'boolean',
    form: `${yes}/${no}`,
    values: values.map((value) => String(value.toLowerCase() === yes)),
    toSql: (text) =>
      `CASE lower(${text}) WHEN ${quoteText(yes)} THEN true WHEN ${quoteText(no)} THEN false ELSE NULL END`,
    assumptions: [],
  };
}
