import { wordsOf } from '../language/search-words.ts';
import { normalise } from './memory-id.ts';

/** Texts that share this much of their words, or whose vectors are this near, may say the same. */
const alikeWords = 0.8;
const alikeVectors = 0.95;

/** Jaccard similarity of the words of two texts: 0 to 1. */
export const jaccard = (one: string, other: string): number => overlap(new Set(wordsOf(one)), new Set(wordsOf(other)));

/** Jaccard similarity of two sets: 0 to 1. */
export function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return shared / Math.max(1, one.size + other.size - shared);
}

/**
 * Whether two texts say the same in other words. They may not differ in a figure, a name or a direction: "revenue in
 * March" and "revenue in May" are similar but not the same.
 */
export function saysTheSame(one: string, other: string, cosine: number): boolean {
  const [a, b] = [withoutRequest(one), withoutRequest(other)];
  return (jaccard(a, b) >= alikeWords || cosine >= alikeVectors) && decisiveWords(a) === decisiveWords(b);
}

/** Removes polite openings: "please show me the revenue" asks for "revenue". */
const withoutRequest = (text: string): string =>
  text.replace(
    /^(?:(?:please|pls|hey|can you|could you|would you|show|give|tell|list|display|get|fetch|me|us|the)\b[\s,]*|请|麻烦|帮我|给我|我想|看看|看一下|显示|列出|查一下|查询)+/iu,
    '',
  );

/**
 * The words in which two texts that say the same must agree: figures, names, months, directions and Han text. Sorted.
 */
function decisiveWords(text: string): string {
  const names = new Set(
    [...text.matchAll(/(?<=[^.!?\s]\s+["'“(]?)\p{Lu}[\p{L}\p{N}]*/gu)].map(([name]) => name.toLowerCase()),
  );
  const words = normalise(text).split(' ');
  const decisive = words.filter((word) => /\d/.test(word) || stances.has(word) || names.has(word));
  const han = wordsOf(text).filter((word) => /\p{Script=Han}/u.test(word));
  return [...new Set([...decisive, ...han])].sort().join(' ');
}

/**
 * Words that decide how something is done, not what it is about: "use net revenue" and "use gross revenue" are both
 * about revenue and contradict each other.
 */
const stances = new Set(
  (
    'not no never without exclude excluding excluded except ignore ignoring omit skip leave hide drop remove minus less before ' +
    'include including included with plus add count show keep always after from until first last ' +
    'net gross total average mean median sum min max minimum maximum ' +
    'daily weekly monthly quarterly yearly annual annually day week month quarter year ' +
    'ascending descending highest lowest top bottom ' +
    'euro euros eur dollar dollars usd pound pounds gbp yuan cny rmb yen jpy ' +
    'january february march april may june july august september october november december ' +
    'monday tuesday wednesday thursday friday saturday sunday utc ' +
    'line bar pie table chart english chinese calendar fiscal created paid shipped ordered delivered booked'
  ).split(' '),
);
const hanStances =
  /不要|不用|不算|不含|不包括|别|排除|剔除|去掉|忽略|扣除|包含|包括|计入|算上|保留|净|毛|总|平均|中位|最大|最小|每天|每日|每周|每月|每季度?|每年|日|周|月|季度|年|升序|降序|欧元|美元|人民币|英镑|日元|[一二三四五六七八九十]+月|星期.|折线图|柱状图|饼图|表格|中文|英文|税前|税后|前|后|含/gu;

/** Words that give or soften an order and say nothing about the subject. */
const orders =
  /\b(?:please|use|using|should|must|be|is|are|to|the|a|an|of|in|for|and|it|that|this|we|i|our|my|when|always|from now on|by default|report|calculate|compute|treat|define|mean|meant|means|instead|rather|as|starts?|begins?|prefer|like|want)\b/g;
const hanOpenings = /应该|应当|以后|今后|总是|一律|默认|我们|说的|是指|指的是/gu;
const hanOrders = /请|要|用|按|的|了|把|将|从|开始|统计|计算|显示/gu;

type Reading = { readonly subject: ReadonlySet<string>; readonly stance: string };

/**
 * Splits an instruction into its subject and its stance. A figure may belong to either: "region 7" is a subject, "60
 * days" a stance. Only in a correction is it known to be a stance.
 */
function readingOf(text: string, figuresAreSaid: boolean): Reading {
  const plain = normalise(text).replace(/-/g, ' ').replace(hanOpenings, ' ');
  const stance = [
    ...plain.split(' ').filter((word) => stances.has(word) || (figuresAreSaid && /^\d/.test(word))),
    ...(plain.match(hanStances) ?? []),
  ];
  const rest = plain
    .split(' ')
    .filter((word) => !stances.has(word) && !(figuresAreSaid && /^\d/.test(word)))
    .join(' ')
    .replace(orders, ' ')
    .replace(hanStances, ' ')
    .replace(hanOrders, ' ');
  return { subject: new Set(wordsOf(rest)), stance: [...new Set(stance)].sort().join(' ') };
}

/** Whether two instructions have the same subject but differ in stance, so that the newer one replaces the older. */
export function contradicts(newer: string, older: string, isCorrection: boolean): boolean {
  const [one, other] = [readingOf(newer, isCorrection), readingOf(older, isCorrection)];
  if (one.stance === other.stance) return false;
  // "The fiscal year starts in March": any word may be a stance here, so the two must share some of them.
  if (one.subject.size === 0 && other.subject.size === 0)
    return overlap(wordSet(one.stance), wordSet(other.stance)) >= 0.5;
  return overlap(one.subject, other.subject) >= 0.75;
}

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' ').filter(Boolean));
