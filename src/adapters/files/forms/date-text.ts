import { quoteText } from './form-reading.ts';
import { monthNames } from './month-names.ts';

/** What has to be taken off or replaced before a text has the form of a date, as pairs for both regular-expression engines. */
const steps = [
  { pattern: '^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,?\\s+', by: '' },
  { pattern: '(\\d)(?:st|nd|rd|th)\\b', by: '1' },
  { pattern: '\\b([ap])\\.m\\.?', by: '1m' },
  { pattern: '(\\d)([ap]m)\\b', by: '1 2' },
] as const;
type Step = (typeof steps)[number];

/** A date in lower case without its weekday and the endings of ordinals, each month name as `m` and its number. */
export type DateText = {
  readonly text: string;
  /** The month names that were replaced. */
  readonly names: readonly string[];
  readonly steps: readonly Step[];
};

const groups = (by: string, mark: string): string => by.replace(/\d/g, (digit) => `${mark}${digit}`);

export function dateText(value: string): DateText {
  if (!/\p{L}/u.test(value)) return { text: value, names: [], steps: [] };
  const taken: Step[] = [];
  const bare = steps.reduce((text, step) => {
    const next = text.replace(new RegExp(step.pattern, 'g'), groups(step.by, '$'));
    if (next !== text) taken.push(step);
    return next;
  }, value.toLowerCase());
  const names: string[] = [];
  const text = bare.replace(/\p{L}{3,}\.?/gu, (word) => {
    const name = word.replace(/\.$/, '');
    const month = monthNames().get(name);
    if (month === undefined) return word;
    names.push(name);
    return `m${month}`;
  });
  return { text, names, steps: taken };
}

/** The same in SQL, of what was seen in a sample; what was not is found when the reading is proved. */
export function dateTextSql(text: string, seen: readonly DateText[], isLower: boolean): string {
  const needed = new Set(seen.flatMap((one) => one.steps));
  const bare = steps
    .filter((step) => needed.has(step))
    .reduce(
      (sql, { pattern, by }) => `regexp_replace(${sql}, ${quoteText(pattern)}, ${quoteText(groups(by, '\\'))}, 'g')`,
      isLower ? `lower(${text})` : text,
    );
  return [...new Set(seen.flatMap(({ names }) => names))]
    .toSorted((a, b) => b.length - a.length)
    .reduce((sql, name) => `regexp_replace(${sql}, ${quoteText(`${name}\\.?`)}, 'm${monthNames().get(name)}')`, bare);
}
