import type { Part } from './clauses.ts';
import { either, map, maybe, type Rule, seq, take, word } from './parser.ts';

export const share: Rule<Part> = map(word('SHARE'), () => [{ kind: 'share' }]);

const isRelative = /^(?:the )?(?:previous|prior)\b/;
const earlier: Rule<Part> = either<Part>(
  map(word('BEFORE', 'YEARAGO', 'CHANGE'), (found) => [
    { kind: 'compareWith', span: found === 'YEARAGO' ? 'yearAgo' : 'before' },
  ]),
  take((item) =>
    item.kind === 'period' && !isRelative.test(item.text) ? [{ kind: 'compareWith', span: item.span }] : undefined,
  ),
);
export const compareWith: Rule<Part> = either<Part>(
  map(seq(word('VS'), earlier, maybe(word('VS'))), ([, part]) => part),
  map(word('BEFORE', 'YEARAGO', 'CHANGE'), (found) => [
    { kind: 'compareWith', span: found === 'YEARAGO' ? 'yearAgo' : 'before' },
  ]),
  map(seq(word('CHANGE'), word('BEFORE', 'YEARAGO')), ([, found]) => [
    { kind: 'compareWith', span: found === 'YEARAGO' ? 'yearAgo' : 'before' },
  ]),
);
