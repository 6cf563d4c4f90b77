import { at, type LeftOut, labelsOfKinds, linkOf } from './labels.ts';
import { type Rule, shape } from './rule.ts';

/** Years in which somebody who can be asked about was born; a campaign's date is later. */
const year = '(?:19[0-9]{2}|20[01]\\d|202[0-2])';
const monthName = '\\p{L}[\\p{L}\\p{M}]{1,14}\\.?';
const dates = [
  `${year}\\s?[-/.年년]\\s?\\d{1,2}(?:\\s?[-/.月월]\\s?\\d{1,2})?`,
  `\\d{1,2}(?:st|nd|rd|th|er|º|ª|\\.)?[-/. ]{1,2}(?:\\d{1,2}|(?:de |di |of |d'|ng )?${monthName})(?:[-/., ]{1,2}|\\s(?:de|del|do)\\s)(?:${year}|25\\d{2}|1[34]\\d{2}|\\d{2})(?!\\d)`,
  `${monthName}\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s${year}`,
  `${year}\\.?\\s${monthName}\\s\\d{1,2}`,
  '(?:昭和|平成|令和|明治|大正|民國|民国)\\s?\\d{1,2}\\s?年\\s?\\d{1,2}\\s?月',
  `${year}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?!\\d)`,
].join('|');
/** Between the label and the date: a few words, no digit and no end of a sentence. */
const birthDate = new RegExp(
  `[^\\d.!?。！？\\n]{0,4}(?:\\.?\\s?[^\\d!?。！？\\n]{0,24}?)(?<![\\d-])(?<value>${dates})`,
  'iuy',
);

const dateFirst = new RegExp(`(?:${dates})\\s?(?:日|일)?\\s?(?:に|에)?\\s?['’]?\\p{L}{0,3}\\s?$`, 'iu');

function births(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['birth'], leftOut);
  return {
    category: 'personal',
    looksLike: 'a date of birth',
    *spans({ folded, lower }) {
      for (const { start, end } of label.places(lower)) {
        const value = at(birthDate, folded, end)?.groups?.value;
        // Japanese and Korean say "1986年3月14日生まれ", Finnish and Turkish likewise: the date first.
        const first = dateFirst.exec(folded.slice(Math.max(0, start - 26), start));
        if (value !== undefined) yield [end, birthDate.lastIndex];
        else if (first !== null && /\d{4}/.test(first[0])) yield [start - first[0].length, end];
      }
    },
  };
}

const capital = "\\p{Lu}[\\p{Ll}\\p{M}'’]+";
const noCase =
  '[\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Thai}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Georgian}\\p{M}]';
/** A name as it stands in a field: two words with capitals, or how scripts without capitals write one. */
const fullName = `(?:${capital}(?:[ -](?:(?:de|da|van|von|der|den|al|el|bin|ben|la|le|di|du)\\s)?${capital}){1,3}|\\p{Script=Han}{2,4}(?![\\p{Script=Han}])|[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー]{2,6}[ 　・]?[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー]{1,6}|\\p{Script=Hangul}{2,4}(?!\\p{Script=Hangul})|${noCase}{2,}(?:\\s${noCase}{2,}){0,3})`;
const field = `["'”’]?\\s*(?:[:=：]|是|为|為|は|：)\\s*["'“‘]?`;

const shortWords = /[\s_-]{0,2}(?:\p{L}{1,4}[\s_'’]){0,2}/uy;

/** The field of a record: what a person is to a business, beside a word for "name". */
function records(leftOut: LeftOut): Rule {
  const person = labelsOfKinds(['person'], leftOut);
  const name = labelsOfKinds(['name'], leftOut);
  const full = labelsOfKinds(['fullName'], leftOut);
  /** "customer name", "nom du client": two labels with little in between. */
  const ends = function* (lower: string): Generator<number> {
    for (const { end } of full.places(lower)) yield end;
    for (const [first, second] of [
      [person, name],
      [name, person],
    ] as const)
      for (const { end } of first.places(lower)) {
        const short = at(shortWords, lower, end);
        for (const place of new Set([end, end + (short?.[0].length ?? 0)])) {
          const last = second.endAt(lower, place);
          if (last !== undefined) yield last;
        }
      }
  };
  const one = new RegExp(`${field}(?:${fullName})`, 'uy');
  return {
    category: 'personal',
    looksLike: 'the name of a person',
    *spans({ folded, lower }) {
      for (const end of ends(lower)) {
        const match = at(one, folded, end);
        if (match) yield [end, end + match[0].length];
      }
    },
  };
}

const plateShape =
  /(?<value>(?:[\p{Lu}\p{Script=Han}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hiragana}\p{Script=Thai}]{1,4}|\d{1,4})(?:[ ·・-]{0,2}(?:[\p{Lu}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Hiragana}\p{Script=Thai}]{1,4}|\d{1,5})){1,4})(?![\p{L}\p{N}]|[.,]\d)/uy;

/** A registration plate behind its label: letters or figures in groups, whatever the country. */
function plates(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['plate'], leftOut);
  const link = linkOf(leftOut);
  const isPlate = (value: string): boolean => {
    const plain = value.replace(/[^\p{L}\d]/gu, '');
    return (
      plain.length >= 5 && plain.length <= 10 && /\d{2}/.test(plain) && (/\p{L}/u.test(plain) || /\d-\d/.test(value))
    );
  };
  return {
    category: 'personal',
    looksLike: 'a number plate',
    *spans({ folded, lower }) {
      for (const { end } of label.places(lower)) {
        const place = link(lower, end);
        const value = at(plateShape, folded, place)?.groups?.value;
        if (value !== undefined && isPlate(value)) yield [place, place + value.length];
      }
    },
  };
}

const forms: readonly Rule[] = [
  // Fields of records, whose names are English whatever their authors speak.
  shape(
    'personal',
    'the name of a person',
    /\b(?:first|last|given|family|sur)[ _]?name["']?\s*[:=：]\s*["']?(?<value>\p{L}\p{Ll}+)/giu,
    (value) => /^\p{Lu}/u.test(value),
  ),
  shape('personal', 'the name of a person', /\bDear (?:Mr|Mrs|Ms|Miss|Dr)\.? \p{Lu}\p{Ll}+/gu),
  // A province and a letter: no other text is written so.
  shape(
    'personal',
    'a number plate',
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-Z][·\s]?(?=[A-Z0-9]*\d)[A-Z0-9]{5,6}(?!\w)/g,
  ),
];

export const personRules = (leftOut: LeftOut): readonly Rule[] => [
  births(leftOut),
  records(leftOut),
  plates(leftOut),
  ...forms,
];
