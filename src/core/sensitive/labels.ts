import { createLabelIndex, type LabelIndex, type LabelWord } from './label-index.ts';
import { type LabelKind, labelWords } from './label-words.ts';
import { numberNames } from './national-numbers.ts';
import { fold } from './prepare.ts';

/** What a measurement leaves out, to see how the rest does without it. */
export type LeftOut = { readonly language?: string | undefined; readonly country?: string | undefined };

/** All words of some kinds, in every language. */
const labelsOf = (kinds: readonly LabelKind[], { language: without }: LeftOut): readonly LabelWord[] =>
  Object.entries(labelWords)
    .filter(([language]) => language !== without)
    .flatMap(([language, words]) =>
      kinds.flatMap((kind) => (words[kind]?.split(', ') ?? []).map((phrase) => ({ phrase, language }))),
    );

export const labelsOfKinds = (kinds: readonly LabelKind[], leftOut: LeftOut): LabelIndex =>
  createLabelIndex(labelsOf(kinds, leftOut));

/** The same as one alternative of a pattern, for kinds of few words. */
export function patternOfKinds(kinds: readonly LabelKind[], leftOut: LeftOut): string {
  const words = labelsOf(kinds, leftOut).map(({ phrase }) => escaped(fold(phrase)));
  return words.length === 0 ? '(?!)' : `(?:${[...new Set(words)].sort(longestFirst).join('|')})`;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const longestFirst = (a: string, b: string): number => b.length - a.length;

/** What countries call their numbers, case by case: short names in capitals only. */
export function numberNamePattern({ country: without }: LeftOut): RegExp {
  const names = Object.entries(numberNames)
    .filter(([country]) => country !== without)
    .flatMap(([, list]) => list.split(', '))
    .flatMap((name) =>
      name.length <= 3 && !knownInSmallLetters.has(name) ? [name] : [name, name.toLowerCase(), name.toUpperCase()],
    )
    .sort(longestFirst)
    .map((name) =>
      /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name)
        ? `(?<![\\p{L}\\p{N}])${escaped(fold(name))}(?![\\p{L}\\p{N}])`
        : escaped(name),
    );
  return new RegExp([...new Set(names)].join('|'), 'gu');
}

/** Short, and no word of any language that is known here. */
const knownInSmallLetters = new Set([
  'SSN',
  'BSN',
  'CPF',
  'CPR',
  'DNI',
  'CNP',
  'TFN',
  'NHS',
  'EGN',
  'ЕГН',
  'ИНН',
  'ІПН',
]);

/** Where what may stand between a label and its value ends: separators, "is", "number", "of the customer". */
export type Link = (lower: string, place: number) => number;

const mostLinkWords = 8;
const separator = /[\s"'“”«»‘’:：=#.,()[\]|*/、،_№°º–—-]/;

export function linkOf(leftOut: LeftOut): Link {
  const words = labelsOfKinds(['link', 'person'], leftOut);
  return (lower, place) => {
    let at = place;
    for (let read = 0; read < mostLinkWords; read += 1) {
      while (at < lower.length && separator.test(lower.charAt(at))) at += 1;
      const end = words.endAt(lower, at);
      if (end === undefined) return at;
      at = end;
    }
    return at;
  };
}

/** What a sticky pattern finds at a place. */
export function at(pattern: RegExp, text: string, place: number): RegExpExecArray | undefined {
  pattern.lastIndex = place;
  return pattern.exec(text) ?? undefined;
}
