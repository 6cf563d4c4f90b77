import { isPlaceholder, looksGenerated, looksRandom } from './generated.ts';
import type { Rule } from './rule.ts';
import { vendorKeys } from './vendor-keys.ts';

const alphabets = {
  hex: '[a-fA-F0-9-]',
  base62: '[A-Za-z0-9]',
  upper: '[A-Z0-9]',
  word: '[A-Za-z0-9_]',
  url: '[A-Za-z0-9_.~-]',
  base64: '[A-Za-z0-9_+/=.-]',
} as const;

const any = '[A-Za-z0-9]{1,16}';
const prefixPattern = (prefix: string): string =>
  prefix
    .split('*')
    .map((part) => part.replace(/[.$+!:/ ]/g, '\\$&'))
    .join(any);

/** A prefix that could begin a word or a name has to be followed by more than one digit. */
const isDistinct = (prefix: string): boolean => prefix.replace(/[^A-Za-z0-9]/g, '').length >= 4;

const patterns = [true, false].map((distinct) => {
  const keys = vendorKeys.filter(([, prefix]) => isDistinct(prefix) === distinct);
  const sources = keys.map(
    ([, prefix, alphabet, least]) => `${prefixPattern(prefix)}(?:${alphabets[alphabet]}){${least},}`,
  );
  return { distinct, pattern: new RegExp(`(?<![A-Za-z0-9])(?:${sources.join('|')})`, 'g') };
});

/** Keys that say by their prefix whose they are. What follows is generated; a word in its place is not one. */
export const vendorRule: Rule = {
  category: 'secret',
  looksLike: 'an access token',
  *spans({ text }) {
    for (const { distinct, pattern } of patterns)
      for (const match of text.matchAll(pattern)) {
        const [value] = match;
        const holds = distinct ? looksGenerated(value) : looksRandom(value);
        if (holds && !isPlaceholder(value) && !value.endsWith('EXAMPLE'))
          yield [match.index, match.index + value.length];
      }
  },
};
