import { personalPatterns } from './personal-patterns.ts';
import { secretPatterns } from './secret-patterns.ts';
import type { SensitivePattern } from './sensitive-pattern.ts';

/** What was found in a text that must not be kept, never the find itself. */
export type Sensitive = Pick<SensitivePattern, 'category' | 'looksLike'>;

const patterns: readonly SensitivePattern[] = [...secretPatterns, ...personalPatterns];

/**
 * The first secret or piece of personal data in a text. A memory is quoted in answers and stays for a long time, so
 * credentials, and what identifies or locates a person, are refused rather than masked. Names alone are not: "Ana owns
 * the reports for Spain" is what a team wants remembered; a name in a customer's record is.
 */
export function findSensitive(text: string): Sensitive | undefined {
  const plain = text.normalize('NFKC');
  for (const { category, looksLike, pattern, holds = () => true } of patterns)
    for (const match of plain.matchAll(pattern))
      if (holds(match.groups?.value ?? match[0])) return { category, looksLike };
  return undefined;
}
