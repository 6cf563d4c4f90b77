import { accountRules } from './account-rules.ts';
import { addressRules } from './address-rules.ts';
import { contactRules } from './contact-rules.ts';
import { deviceRules } from './device-rules.ts';
import { identityRules } from './identity-rules.ts';
import type { LeftOut } from './labels.ts';
import { passwordRules } from './password-rules.ts';
import { personRules } from './person-rules.ts';
import { prepare } from './prepare.ts';
import type { Rule, Span } from './rule.ts';
import { secretShapes } from './secret-shapes.ts';
import { vendorRule } from './vendor-shapes.ts';

/** What was found in a text that must not be kept, never the find itself. */
export type Sensitive = Pick<Rule, 'category' | 'looksLike'>;

const secretRules = (leftOut: LeftOut): readonly Rule[] => [vendorRule, ...secretShapes, ...passwordRules(leftOut)];
const personalRules = (leftOut: LeftOut): readonly Rule[] => [
  ...contactRules(leftOut),
  ...accountRules(leftOut),
  ...identityRules(leftOut),
  ...deviceRules,
  ...addressRules(leftOut),
  ...personRules(leftOut),
];

/** Finds the first secret or piece of personal data. `leftOut`: without the words of a language or the rules of a country. */
export function createFinder(leftOut: LeftOut = {}): (text: string) => Sensitive | undefined {
  const rules = [...secretRules(leftOut), ...personalRules(leftOut)];
  return (text) => {
    const prepared = prepare(text);
    for (const { category, looksLike, spans } of rules) for (const _ of spans(prepared)) return { category, looksLike };
    return undefined;
  };
}

/**
 * The first secret or piece of personal data in a text. A memory is quoted in answers and stays for a long time, so
 * credentials, and what identifies or locates a person, are refused rather than masked. Names alone are not: "Ana owns
 * the reports for Spain" is what a team wants remembered; a name in a customer's record is.
 */
export const findSensitive = createFinder();

const everySecretRule = secretRules({});

/** Where secrets stand in a text, in order and without overlaps: for the log, which leaves them out. */
export function secretSpans(text: string): readonly Span[] {
  const prepared = prepare(text, true);
  const found = everySecretRule.flatMap(({ spans }) => [...spans(prepared)]).sort(([a], [b]) => a - b);
  const merged: Span[] = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last === undefined || start > last[1]) merged.push([start, end]);
    else merged[merged.length - 1] = [last[0], Math.max(last[1], end)];
  }
  return merged;
}
