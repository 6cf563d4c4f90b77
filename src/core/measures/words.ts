import {
  englishLinks,
  englishMaking,
  englishNoise,
  englishPlacing,
  englishWords,
  hintedComparatives,
  hintedSuperlatives,
} from './words-en.ts';
import { chineseNoise, chineseWords } from './words-zh.ts';

/** What a word of the question's own grammar does. Words of the model are no such words. */
export type Word =
  | ('COUNT' | 'COUNTED' | 'SUM' | 'AVG' | 'MIN' | 'MAX' | 'DISTINCT')
  | ('HIGH' | 'LOW' | 'MOST' | 'LEAST' | 'TOP' | 'BOTTOM' | 'COMMON' | 'RARE' | 'FIRST')
  | ('BY' | 'EACH' | 'ORDER' | 'ALPHA' | 'ASC' | 'DESC')
  | ('AND' | 'BOTH' | 'DID' | 'OR' | 'NOT' | 'WITH' | 'WITHOUT' | 'ANY' | 'THAN')
  | (
      | 'GT'
      | 'GE'
      | 'LT'
      | 'LE'
      | 'EQ'
      | 'BETWEEN'
      | 'LINK'
      | 'ORMORE'
      | 'ORLESS'
      | 'MORE'
      | 'FEWER'
      | 'CONTAINS'
      | 'STARTS'
      | 'ENDS'
    )
  | ('SHARE' | 'CHANGE' | 'APART' | 'VS' | 'BEFORE' | 'YEARAGO' | 'UNIT');

/** Words per meaning, in both languages. */
export const words: Readonly<Partial<Record<Word, readonly string[]>>> = Object.fromEntries(
  [...new Set(['LINK', ...Object.keys(englishWords), ...Object.keys(chineseWords)])].map((word) => [
    word,
    [
      ...(englishWords[word as Word] ?? []),
      ...(word === 'LINK' ? [...englishLinks, ...englishMaking] : []),
      ...(chineseWords[word as Word] ?? []),
    ],
  ]),
);

/** Words that carry nothing: politeness, articles, light verbs, particles. */
export const noise: readonly string[] = [...englishNoise, ...englishLinks, ...englishMaking, ...chineseNoise];

/** Of these, the ones that are no noise before a word that begins a place or a time. */
export const making: readonly string[] = englishMaking;
export const placing: readonly string[] = englishPlacing;

/** An adjective that orders by a field it does not name: "oldest". `hints` are words of such a field's name. */
export type Hint = { readonly hints: readonly string[]; readonly high: boolean };
export const superlatives: Readonly<Record<string, readonly Hint[]>> = hintedSuperlatives;
export const comparatives: Readonly<Record<string, readonly Hint[]>> = hintedComparatives;

export type TimeGrain = 'day' | 'week' | 'month' | 'quarter' | 'year';
export const grainWords: Readonly<
  Record<TimeGrain, { readonly names: readonly string[]; readonly by: readonly string[] }>
> = {
  day: {
    names: ['day', 'date', '天', '日'],
    by: ['daily', 'per day', 'day by day', '每天', '每日', '按天', '按日', '逐日'],
  },
  week: { names: ['week', '周', '星期'], by: ['weekly', 'week by week', '每周', '每星期', '按周', '逐周'] },
  month: {
    names: ['month', '月', '月份'],
    by: ['monthly', 'month by month', '每月', '每个月', '按月', '各月', '逐月', '月度'],
  },
  quarter: { names: ['quarter', '季度'], by: ['quarterly', '每季度', '每个季度', '按季度', '各季度', '按季'] },
  year: { names: ['year', '年', '年份'], by: ['yearly', 'annual', 'annually', '每年', '按年', '各年', '逐年'] },
};
