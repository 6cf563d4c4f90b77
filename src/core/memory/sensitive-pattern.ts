/** One shape that a secret or a piece of personal data has. */
export type SensitivePattern = {
  readonly category: 'secret' | 'personal';
  /** What it looks like, for the refusal: "a password", "an e-mail address". */
  readonly looksLike: string;
  /** With the flag g: every match is tried. The group `value`, where there is one, is what `holds` sees. */
  readonly pattern: RegExp;
  /** What a pattern cannot say: a checksum, a placeholder, a word. */
  readonly holds?: (value: string) => boolean;
};

export const shape = (
  category: SensitivePattern['category'],
  looksLike: string,
  pattern: RegExp,
  holds?: SensitivePattern['holds'],
): SensitivePattern => ({ category, looksLike, pattern, ...(holds === undefined ? {} : { holds }) });

export const digitsIn = (value: string): number => value.match(/\d/g)?.length ?? 0;
