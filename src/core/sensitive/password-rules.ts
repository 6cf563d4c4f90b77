import {
  isGenerated,
  isMixed,
  isPlaceholder,
  isStrongPassword,
  looksLikePassword,
  looksRandom,
  trimmed,
} from './generated.ts';
import { type LeftOut, type Link, labelsOfKinds, linkOf } from './labels.ts';
import { fold, type Prepared } from './prepare.ts';
import type { Rule, Span } from './rule.ts';

/** How far behind its label a password is looked for, in characters. */
const reach = 70;
/** What a value is made of: passwords are typed on a keyboard of Latin letters, so other scripts end it. */
const token = /[!-~\u00C0-\u024F]{4,}/g;
/** A separator right before a value. */
const separated = /[:=：→]\s*["'`“«「『(]?$/;
const sentenceEnd = /[.!?。！？]\s|\n/;

/** What stands between a label and a value, and the value. */
type Candidate = { readonly value: string; readonly between: string; readonly isLast: boolean; readonly span: Span };

/** The values in reach of a label, in the sentence of the label. */
function* candidates({ text }: Prepared, end: number): Generator<Candidate> {
  const rest = text.slice(end, end + reach);
  const sentence = rest.slice(0, rest.search(sentenceEnd) === -1 ? undefined : rest.search(sentenceEnd) + 1);
  for (const match of sentence.matchAll(token)) {
    const lead = match[0].match(/^[:=("'`“«[]+/)?.[0].length ?? 0;
    const value = trimmed(match[0].slice(lead));
    const start = end + match.index + lead;
    const between = text.slice(end, start);
    yield {
      value,
      between,
      isLast: !/[\p{L}\p{N}]/u.test(text.slice(start + value.length, end + reach)),
      span: [start, start + value.length],
    };
  }
}

/** Right behind a label and a colon, a plain word is a password when nothing follows that would make it a sentence. */
const isGiven = ({ value, isLast }: Candidate): boolean =>
  value.length >= 4 &&
  !isPlaceholder(value) &&
  !/^[\d.,]+%?$/.test(value) &&
  (looksLikePassword(value) || isLast) &&
  !/::|[()]/.test(value);

function isPassword(candidate: Candidate, link: Link): boolean {
  const { value, between } = candidate;
  const isTight = /^["'`”»)\]*_]*\s*[:=：]\s*["'`“«「(]*$/.test(between);
  if (isTight) return isGiven(candidate);
  if (separated.test(between) || isOnlyLink(between, link))
    return looksLikePassword(value) || /^[\p{L}]+[-.][\p{L}]+[-.]/u.test(value);
  return isStrongPassword(value) && !isVersionLike(value);
}

/** Nothing but words like "is", "now", "of the client": `password is hunter2`. */
const isOnlyLink = (between: string, link: Link): boolean => link(fold(between).toLowerCase(), 0) === between.length;

/** `OAuth2`, `Base64`, `PostgreSQL15`: a name with its number. */
const isVersionLike = (value: string): boolean =>
  /^\p{L}+-?\d{1,3}$/u.test(value) && !/[a-z][A-Z]/.test(value.slice(0, -2));

/** "hunter2 is the password": the value first. */
function* before({ text, folded }: Prepared, start: number, link: Link): Generator<Span> {
  const lead = folded.slice(Math.max(0, start - 40), start);
  const match = /(?<=^|\s)["'`“]?(?<value>[!-~\u00C0-\u024F]{5,}?)["'`”]?(?<between>\s[^:=]{1,16})$/.exec(lead);
  const { value = '', between = '' } = match?.groups ?? {};
  if (value === '' || !isOnlyLink(between.trim(), link) || !looksLikePassword(trimmed(value))) return;
  const from = start - lead.length + lead.indexOf(value);
  yield [from, Math.min(text.length, from + value.length)];
}

/** `password_hash`, `passwords.id`: a column or a table, which has no value. */
const isNameOfCode = (text: string, end: number): boolean => /^(?:_\w|\.\w)/.test(text.slice(end, end + 2));

/** Passwords in prose, in whatever language they are called so. */
function passwords(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['password'], leftOut);
  const link = linkOf(leftOut);
  return {
    category: 'secret',
    looksLike: 'a password',
    *spans(prepared) {
      for (const { start, end } of label.places(prepared.lower)) {
        if (isNameOfCode(prepared.text, end)) continue;
        for (const candidate of candidates(prepared, end)) if (isPassword(candidate, link)) yield candidate.span;
        yield* before(prepared, start, link);
      }
    },
  };
}

/** Four to eight digits behind "PIN", "door code". */
function pins(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['pin', 'password'], leftOut);
  const value =
    /(?:[^.!?。\n]{0,30}(?:[:=：]|\p{L}\s)|[\s:=：]{0,3})\s*(?<pin>\d{4,8}(?:-\d{2,4})?)(?![\p{L}\p{N}%]|[.,:/-]\d|\s*\p{Ll}{3})/uy;
  const link = linkOf(leftOut);
  return {
    category: 'secret',
    looksLike: 'a password',
    *spans({ folded, lower }) {
      for (const { end } of label.places(lower)) {
        value.lastIndex = end;
        const match = value.exec(folded);
        const pin = match?.groups?.pin;
        if (match === null || pin === undefined) continue;
        const between = match[0].slice(0, -pin.length);
        const spoken = between.split(/\s/).filter(Boolean).at(-1) ?? '';
        // "PIN for the safe: 4827", and not "PIN pad orders: 1200".
        const isOfPin = /^[\s:=：]*$/.test(between) || link(lower, end) > end + 1;
        if (isOfPin && (/[:=：]\s*$/.test(between) || between.trim() === '' || isOnlyLink(spoken, link)))
          yield [end + between.length, end + match[0].length];
      }
    },
  };
}

/** Keys, and names with passwords, by what they are called in prose. */
function namedKeys(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['key', 'credentials'], leftOut);
  return {
    category: 'secret',
    looksLike: 'a key or token',
    *spans(prepared) {
      for (const { end } of label.places(prepared.lower))
        for (const { value, between, span } of candidates(prepared, end)) {
          const isAnnounced = /[:=：]/.test(between);
          if (
            (isAnnounced && isStrongPassword(value)) ||
            (value.length >= 16 && isMixed(value) && (isGenerated(value) || looksRandom(value)))
          )
            yield span;
        }
    },
  };
}

/** A word with a sign in its middle and a digit, behind a colon or at the end: nobody writes words so. */
const bare: Rule = {
  category: 'secret',
  looksLike: 'a password',
  *spans({ text }) {
    for (const match of text.matchAll(
      /(?<=^|[\s:=：„"“'`«])(?<value>\p{L}[\p{L}\d]*[!^][\p{L}\d]+[\p{L}\d!^]*)(?=$|[\s.,;"”'`»])/gu,
    ))
      if (isStrongPassword(match[0])) yield [match.index, match.index + match[0].length];
  },
};

/** Words that restore a wallet, and passphrases of several words, behind their label. */
function phrases(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['phrase'], leftOut);
  const words = /[^:：\n]{0,20}[:：]\s*["'“]?(?<value>(?:\p{L}{3,10}[ ,]+){3,23}[\p{L}\d]{1,10})\b/uy;
  return {
    category: 'secret',
    looksLike: 'a passphrase',
    *spans({ folded, lower }) {
      for (const { end } of label.places(lower)) {
        words.lastIndex = end;
        const value = words.exec(folded)?.groups?.value;
        if (value !== undefined) yield [words.lastIndex - value.length, words.lastIndex];
      }
    },
  };
}

export const passwordRules = (leftOut: LeftOut): readonly Rule[] => [
  passwords(leftOut),
  phrases(leftOut),
  pins(leftOut),
  namedKeys(leftOut),
  bare,
];
