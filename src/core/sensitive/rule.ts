import type { Prepared } from './prepare.ts';

/** From and to, as positions in the text. */
export type Span = readonly [start: number, end: number];

/** One form that a secret or a piece of personal data has. */
export type Rule = {
  readonly category: 'secret' | 'personal';
  /** What it looks like, for the refusal: "a password", "an e-mail address". */
  readonly looksLike: string;
  /** Where it stands. */
  readonly spans: (prepared: Prepared) => Iterable<Span>;
};

/**
 * A form that one pattern (with the flag g) describes. The group `value`, where there is one, is what `holds` sees: what a
 * pattern cannot say, such as a check digit or a placeholder.
 */
export function shape(
  category: Rule['category'],
  looksLike: string,
  pattern: RegExp,
  holds: (value: string, whole: string) => boolean = () => true,
): Rule {
  return {
    category,
    looksLike,
    *spans({ text }) {
      for (const match of text.matchAll(pattern)) {
        const value = match.groups?.value ?? match[0];
        if (!holds(value, text)) continue;
        const start = match.index + match[0].lastIndexOf(value);
        yield [start, start + value.length];
      }
    },
  };
}

export const digitsIn = (value: string): number => value.match(/\d/g)?.length ?? 0;
