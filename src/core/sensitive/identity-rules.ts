import { at, type LeftOut, labelsOfKinds, linkOf, numberNamePattern } from './labels.ts';
import { bareNumbers } from './national-checks.ts';
import { businessWords } from './national-numbers.ts';
import { fold } from './prepare.ts';
import { digitsIn, type Rule, type Span } from './rule.ts';

/** A number as officials write it: letters in front, groups, a check letter in brackets. */
const official = /(?<value>(?:\p{Lu}{0,6}[ -]?)?\d(?:[ .\-/]?[\dA-ZА-Я])*(?:\([\dA-Z]\))?)(?![\p{L}\p{N}]|[.,]\d)/uy;
/** Up to two words that are in no list: a name, an adjective. */
const unknownWords = /(?:[\s:("'-]{0,3}\p{L}{1,14}[.']?){1,2}[\s:]{1,3}/uy;

const isDate = (value: string): boolean =>
  /^(?:19|20)\d{2}([-/.])\d{1,2}\1\d{1,2}$|^\d{1,2}([-/.])\d{1,2}\2(?:19|20)?\d{2}$/.test(value);
const isRound = (value: string): boolean => /^\d+(?:[ .]?0{3})+$/.test(value);

/** Enough of a number, and no date or round figure. */
export const isOfficial = (value: string): boolean =>
  !isDate(value) &&
  !isRound(value) &&
  (digitsIn(value) >= 6 || (digitsIn(value) >= 4 && value.replace(/[^\p{L}\d]/gu, '').length >= 7));

/** "3530 1113 3330 0000 rows": what is counted is no name of a person. */
export const counts = (rest: string): boolean =>
  /^\s*(?:%|\p{Sc}|\p{Ll}{2,}s\b|(?:rows|units|bytes|tokens|件|个|行|条)\b)/u.test(rest);

const business = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${businessWords
    .map((word) =>
      fold(word)
        .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
        .replace(/ /g, '[ _-]'),
    )
    .join('|')})\\p{L}{0,6}[\\s:#.№°º-]{0,4}(?:(?:no|nr|num|number|id)\\b[\\s:#.-]{0,3})?$`,
  'iu',
);
/** A number behind "order", "batch", "EAN" is that of a thing. */
export const isOfBusiness = (folded: string, start: number): boolean =>
  business.test(folded.slice(Math.max(0, start - 40), start));

/** Behind a label in any language, or behind what a country calls it. */
function labelled(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['identity'], leftOut);
  const names = numberNamePattern(leftOut);
  const link = linkOf(leftOut);
  const valueAt = (folded: string, place: number): Span | undefined => {
    const value = at(official, folded, place)?.groups?.value;
    if (value === undefined || !isOfficial(value) || counts(folded.slice(place + value.length))) return undefined;
    return [place, place + value.length];
  };
  return {
    category: 'personal',
    looksLike: 'an identity number',
    *spans({ folded, lower }) {
      const named = [...folded.matchAll(names)].map((match) => match.index + match[0].length);
      for (const end of [...[...label.places(lower)].map((place) => place.end), ...named]) {
        const linked = link(lower, end);
        const direct = valueAt(folded, linked);
        if (direct) yield direct;
        const words = at(unknownWords, folded, linked === end ? end : linked - 1);
        const place = words === undefined ? 0 : words.index + words[0].length;
        const behind = words === undefined ? undefined : valueAt(folded, place);
        if (behind && digitsIn(folded.slice(...behind)) >= 7) yield behind;
      }
    },
  };
}

/** Numbers whose own form or check digits tell. */
const bare = ({ country: without }: LeftOut): Rule => ({
  category: 'personal',
  looksLike: 'an identity number',
  *spans({ folded }) {
    for (const { country, form, validate } of bareNumbers) {
      if (country === without) continue;
      for (const match of folded.matchAll(form)) {
        const [value] = match;
        const end = match.index + value.length;
        if (
          !isOfBusiness(folded, match.index) &&
          !counts(folded.slice(end)) &&
          validate(value.replace(/[()]/g, '')).isValid
        )
          yield [match.index, end];
      }
    }
  },
});

/**
 * Many countries begin a person's number with the birth date. Behind a name in capitals that is none of business, such a
 * number is one, whatever the country: years from 1927 to 2012, because lots and builds are dated too.
 */
const datedNumber =
  /(?<![\p{L}\p{N}])(?:\p{Lu}{2,6}|\p{L}{4,20})[\s:#.]{1,3}(?<value>(?:(?:19|20)?(?:[3-9]\d|2[7-9]|0\d|1[0-2])(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:[3-9]\d|2[7-9]|0\d|1[0-2]))[-+/ ]?\d{3,7})(?![\p{L}\p{N}]|[-.,/]\d)/gu;
const dated: Rule = {
  category: 'personal',
  looksLike: 'an identity number',
  *spans({ folded }) {
    for (const match of folded.matchAll(datedNumber)) {
      const value = match.groups?.value ?? '';
      const start = match.index + match[0].length - value.length;
      const isCapital = /^\p{Lu}{2,}/u.test(match[0]);
      const hasSeparator = /^\d{6,8}[-+/]\d{3,5}$/.test(value);
      const isNumber = digitsIn(value) >= 10 && digitsIn(value) <= 13 && (isCapital || hasSeparator);
      if (isNumber && !isOfBusiness(folded, start) && !counts(folded.slice(start + value.length)))
        yield [start, start + value.length];
    }
  },
};

export const identityRules = (leftOut: LeftOut): readonly Rule[] => [labelled(leftOut), bare(leftOut), dated];
