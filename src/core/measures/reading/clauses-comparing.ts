import type { Unit } from '../../language/calendar.ts';
import type { Part } from './clauses.ts';
import { either, map, maybe, type Rule, seq, take, word } from './parser.ts';

export const share: Rule<Part> = map(word('SHARE'), () => [{ kind: 'share' }]);
export const apart: Rule<Part> = map(word('APART'), () => [{ kind: 'apart' }]);

const shortUnits: Readonly<Record<string, Unit>> = { mom: 'month', qoq: 'quarter', wow: 'week' };
const named = /^(?:day|week|month|quarter|year)$/;

/** The span before. "month over month" says besides how long it is, which 环比 does not. */
const before: Rule<Part> = (from, lattice) =>
  word('BEFORE')(from, lattice).map((found) => {
    const texts = lattice.tokens.slice(from, found.to).map(({ text }) => text);
    const unit = texts.flatMap((text) => shortUnits[text] ?? (named.test(text) ? [text as Unit] : [])).at(-1);
    return { ...found, value: [{ kind: 'compareWith', span: 'before', unit }] };
  });

const earlierOnes: Rule<Part> = either<Part>(
  before,
  map(word('YEARAGO'), () => [{ kind: 'compareWith', span: 'yearAgo' }]),
);
const change: Rule<Part> = map(word('CHANGE'), () => [{ kind: 'compareWith', span: 'before', isOpen: true }]);

const isRelative = /^(?:the )?(?:previous|prior)\b/;
const earlier: Rule<Part> = either<Part>(
  earlierOnes,
  change,
  take((item) =>
    item.kind === 'period' && !isRelative.test(item.text)
      ? [{ kind: 'compareWith', span: item.span, ...(item.isWhole ? { isWhole: true } : {}) }]
      : undefined,
  ),
);
export const compareWith: Rule<Part> = either<Part>(
  map(seq(word('VS'), earlier, maybe(word('VS'))), ([, part]) => part),
  earlierOnes,
  change,
  map(seq(word('CHANGE'), earlierOnes), ([, part]) => part),
);
