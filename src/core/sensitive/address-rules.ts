import { isOfBusiness } from './identity-rules.ts';
import { at, type LeftOut, labelsOfKinds } from './labels.ts';
import { fold } from './prepare.ts';
import { type Rule, shape } from './rule.ts';
import { streetWords } from './street-words.ts';

type Position = 'before' | 'after' | 'unit';

/** Languages in which the word for a street is the end of its name: `Hornsgatan`, `Prinsengracht`. */
const glued = new Set(['de', 'nl', 'sv', 'da', 'no', 'fi', 'hu', 'is']);

const wordsOf = (position: Position, { language: without }: LeftOut, languages?: ReadonlySet<string>): string[] =>
  Object.entries(streetWords)
    .filter(([language]) => language !== without && (languages === undefined || languages.has(language)))
    .flatMap(([, words]) => words[position]?.split(', ') ?? [])
    .sort((a, b) => b.length - a.length)
    .map((word) => fold(word));

const escaped = (word: string): string => word.replace(/[.*+?^$()|[\]\\/]/g, '\\$&');
const oneOf = (words: readonly string[]): string => (words.length === 0 ? '(?!)' : words.map(escaped).join('|'));
const capitalised = (words: readonly string[]): string[] =>
  words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));

const nameWord = "[\\p{Lu}\\p{Lo}][\\p{L}\\p{M}'’.-]*";
const small = "(?:d[eoa]s?|del|della|des|du|la|le|las|los|el|l'|d'|van|von|der|den|di|e|y|i|святого|имени|im)";
const name = `(?:(?:${small}[ ]?)*${nameWord}[ ]?){1,4}`;
const houseNumber =
  '(?:(?:[Nn][o°ºr]|d|д|дом|буд|č|号|#)[.:]?\\s?)?\\d{1,5}(?:[/-]\\d{1,4})?\\s?[a-zа-я]?(?![\\p{L}\\p{N}]|[.,]\\d)';
const postcode =
  '(?:[A-Z]{1,3}-)?\\d{3}[ ]?\\d{2,3}(?:[ ]?[A-Z]{2})?|\\d{4}(?:[ ]?[A-Z]{2})?|\\d{2}-\\d{3}|\\d{4}-\\d{3}|\\d{5}-\\d{3}|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d';

/** An English street ends with a word that is often a verb or a common noun as well: those must end the line. */
const shortStreets =
  'St|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Close|Circle|Row|Rd|Ave|Ln|Blvd|Cross|Main|Nagar|Marg|Residency';

const written = (pattern: RegExp): Rule => shape('personal', 'a street address', pattern);

const nearHome = new RegExp(
  `[\\s:：,]{1,3}[^\\n.!?。]{0,60}?(?:\\p{Lu}[\\p{L}'’-]{2,}[ ,.]{1,3}${houseNumber}|(?<!\\p{N})\\d{1,4}[A-Za-z]?,? \\p{Lu}[\\p{L}'’-]{2,} \\p{L}{2,})`,
  'uy',
);

/** "lives at", "deliver to" in any language, then a number beside a name in the same sentence. */
function homes(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['home'], leftOut);
  return {
    category: 'personal',
    looksLike: 'a street address',
    *spans({ folded, lower }) {
      for (const { end } of label.places(lower)) {
        const match = at(nearHome, folded, end);
        if (match !== undefined && !isOfBusiness(folded, end + match[0].length)) yield [end, end + match[0].length];
      }
    },
  };
}

/** Where somebody lives, by the words for streets and by the order in which numbers, names and postcodes stand. */
export function addressRules(leftOut: LeftOut): readonly Rule[] {
  const address = (source: string): Rule => {
    const rule = shape('personal', 'a street address', new RegExp(source, 'gmu'));
    return {
      ...rule,
      *spans(prepared) {
        for (const span of rule.spans({ ...prepared, text: prepared.folded }))
          if (!isOfBusiness(prepared.folded, span[0])) yield span;
      },
    };
  };
  const unit = wordsOf('unit', leftOut);
  const before = wordsOf('before', leftOut);
  const after = wordsOf('after', leftOut);
  const ends = wordsOf('after', leftOut, glued).filter((word) => word.length >= 3 && !word.endsWith('.'));
  const english = capitalised(wordsOf('after', leftOut, new Set(['en'])));
  const street = "\\p{Lu}[\\p{L}.'’-]*(?:[ ]\\p{Lu}[\\p{L}.'’-]*){0,2}";
  return [
    // Via Garibaldi 18; ul. Tverskaya, d. 12
    address(`(?<![\\p{L}\\p{N}])(?:${oneOf([...before, ...capitalised(before)])})\\.?\\s${name},?\\s?${houseNumber}`),
    // 14 rue des Lilas
    address(`(?<![\\p{L}\\p{N}])\\d{1,4}(?: bis| ter)?,? (?:${oneOf(before)}) (?:${small}[ ]?)*\\p{Lu}`),
    // Mariahilfer Straße 88/14, Bağdat Cad. No:211
    address(`(?<![\\p{L}\\p{N}])${street}[ ](?:${oneOf([...after, ...capitalised(after)])})\\.?,?\\s${houseNumber}`),
    // Hornsgatan 54
    address(
      `(?<![\\p{L}\\p{N}])(?:\\p{Lu}[\\p{L}.'’-]*[ ]){0,2}\\p{Lu}[\\p{L}'’-]+(?:${oneOf(ends)})\\.?,?\\s${houseNumber}`,
    ),
    // 742 Evergreen Terrace
    address(
      `(?<!\\w)(?:\\d{1,4}/)?\\d{1,5}[A-Za-z]? (?:[NSEW]\\.? )?(?:\\p{Lu}[\\p{L}'.]+ |\\d{1,3}(?:st|nd|rd|th) ){1,3}(?:(?:${oneOf(english)})\\b|(?:${shortStreets})(?=\\.?\\s*(?:$|[,;\\n)]|\\d{4,})))`,
    ),
    // A name with a house number, then postcode and town: so addresses are written from Lisbon to Helsinki.
    address(`\\p{Lu}[\\p{L}.'’ -]{2,40},? ${houseNumber}(?:,[^,\\d]{0,20})?,? (?:${postcode}),? \\p{Lu}\\p{L}`),
    address(
      `(?<!\\w)\\d{1,5}[A-Za-z]? \\p{Lu}[\\p{L}.'’ -]{2,40},[^,]{2,30},? (?:[A-Z]{2,3} )?(?:${postcode})(?![\\w])`,
    ),
    // Flat 302, … 560038
    address(
      `(?<!\\p{L})(?:${oneOf([...unit, ...capitalised(unit)])})\\.?\\s?(?:no\\.?\\s?)?\\d{1,4}[A-Za-z]?,[^\\n]{4,80}?(?:${postcode})(?!\\w)`,
    ),
    homes(leftOut),
    written(/\bP\.? ?O\.? ?[Bb]ox \d+/gu),
    written(/\p{Script=Han}{2,20}(?:路|街|道|巷|弄|胡同)\s?\d+\s?[号弄號]/gu),
    written(/\p{Script=Han}{2,20}\s?\d+\s?(?:号楼|栋|幢|单元|棟|號)(?:\s?\d+\s?(?:室|号|单元|樓|楼))?/gu),
    written(
      /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]{2,20}\s?\d{1,3}\s?(?:丁目|-\d{1,3}-\d{1,3}|番地?)/gu,
    ),
    written(/\p{Script=Hangul}{1,10}(?:로|길)(?:\d{1,3}(?:번)?길)?\s?\d{1,4}(?:-\d{1,3})?(?![\p{L}\p{N}%]|[.,]\d)/gu),
  ];
}
