import { isPossiblePhoneNumber } from 'libphonenumber-js/min';
import { counts, isOfBusiness } from './identity-rules.ts';
import { at, type LeftOut, labelsOfKinds, linkOf, patternOfKinds } from './labels.ts';
import { digitsIn, type Rule, shape } from './rule.ts';

const personal = (looksLike: string, pattern: RegExp, holds?: (value: string) => boolean): Rule =>
  shape('personal', looksLike, pattern, holds);

/** A form of a phone number, unless a word before it says that it is an order or a part. */
function phone(pattern: RegExp, holds?: (value: string) => boolean): Rule {
  const rule = personal('a phone number', pattern, holds);
  return {
    ...rule,
    *spans(prepared) {
      for (const span of rule.spans(prepared)) if (!isOfBusiness(prepared.folded, span[0])) yield span;
    },
  };
}

const between = (least: number, most: number) => (value: string) => digitsIn(value) >= least && digitsIn(value) <= most;

/** "250 500 1000" are steps, not an area code with a number. */
const isNoScale = (value: string): boolean =>
  !value
    .split(/[-. ()]+/)
    .filter(Boolean)
    .every((group) => group.endsWith('0') && group.length <= 4);

const isDialled = (value: string): boolean => isPossiblePhoneNumber(value.replace(/^00/, '+').replace(/\(0\)/, ''));

/** Numbers whose own form tells: the sign of a country code, a trunk zero, an area code in brackets. */
const formedPhones: readonly Rule[] = [
  phone(/(?<![\w.+])(?:\+|00)[1-9]\d{0,2}[ .()/-]{0,2}\d(?:[ .()/-]{0,2}\d){6,12}(?![\w%]|\.\d)/g, isDialled),
  phone(/(?<![\w.,-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?![\w-]|\.\d)/g, isNoScale),
  // With the zero of the trunk, in groups; dates have eight digits.
  phone(
    /(?<![\w.,+-])0[1-9]\d{0,3}(?:[ ./-]\d{2,8}){1,4}(?![\w-]|\.\d)/g,
    (value) => between(9, 12)(value) && isNoScale(value),
  ),
  phone(/(?<![\w.,+-])(?:\d[ -])?\(\d{2,5}\)[ -]?\d{2,5}(?:[ -]\d{2,4}){1,3}(?![\w-]|\.\d)/g, between(9, 12)),
  phone(/(?<![\w.,+-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w-]|\.\d)/g),
];

const number = /(?<value>[(+]{0,2}\d(?:[ .()/\u2010-\u2015-]{0,2}\d){5,14})(?![\p{L}\p{N}%]|[.,:]\d)/uy;
/** "him on", "me at", "ihn an unter": short words between a verb and a number. */
const shortWords = /(?:\s+\p{L}{1,5}){0,3}\s+/uy;

/** A number that is grouped, or begins with a zero or a plus: no figure is written so. */
const isWrittenAsPhone = (value: string): boolean => /^[0(+]/.test(value) || /\d[ .()/-]\d/.test(value);

/** Behind "phone", "mobile", "call" in any language. */
function labelledPhones(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['phone', 'call'], leftOut);
  const link = linkOf(leftOut);
  return {
    category: 'personal',
    looksLike: 'a phone number',
    *spans({ folded, lower }) {
      for (const { start, end } of label.places(lower)) {
        const linked = link(lower, end);
        const short = at(shortWords, folded, end);
        for (const place of new Set([linked, short ? end + short[0].length : linked])) {
          const value = at(number, folded, place)?.groups?.value;
          if (value === undefined || isOfBusiness(folded, start) || !isPhone(value, folded.slice(place + value.length)))
            continue;
          yield [place, place + value.length];
        }
      }
    },
  };
}

function isPhone(value: string, rest: string): boolean {
  if (/^(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}$/.test(value) || /000$/.test(value) || !isNoScale(value)) return false;
  return (
    digitsIn(value) >= (isWrittenAsPhone(value) ? 6 : 7) &&
    (isWrittenAsPhone(value) || !/^\s\p{Ll}{3}/u.test(rest)) &&
    !counts(rest)
  );
}

/** Mail addresses, also as people spell them out so that machines do not see them. */
function emails(leftOut: LeftOut): readonly Rule[] {
  const atWords = patternOfKinds(['at'], leftOut);
  const dotWords = patternOfKinds(['dot'], leftOut);
  const spelt = new RegExp(
    `[\\w.-]{1,64}(?:\\s+(?:${dotWords}|[([]${dotWords}[)\\]])\\s+[\\w-]+)*\\s+(?:${atWords}|[([]${atWords}[)\\]])\\s+[\\w-]+(?:\\s+(?:${dotWords}|[([]${dotWords}[)\\]])\\s+[\\w-]{2,})+`,
    'giu',
  );
  return [
    // Not the user part of an address (`//user@host`) and not `git@host:path`.
    personal(
      'an e-mail address',
      /(?<![/\w])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,}(?![\w-]*:[\w/])/gu,
      // `icon@3x.webp`
      (value) => !/@\dx\.\w+$/.test(value),
    ),
    personal(
      'an e-mail address',
      /[\w.+-]{1,64}\s*[[({<]\s*(?:at|@)\s*[\])}>]\s*[\w-]+(?:\s*(?:\.|[[({<]\s*dot\s*[\])}>]|\bdot\b)\s*\w{2,})+/gi,
    ),
    personal('an e-mail address', spelt),
  ];
}

export const contactRules = (leftOut: LeftOut): readonly Rule[] => [
  ...emails(leftOut),
  ...formedPhones,
  labelledPhones(leftOut),
];
