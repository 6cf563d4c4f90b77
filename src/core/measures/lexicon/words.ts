import { englishLinks, englishNoise } from './noise-en.ts';
import type { Word } from './word.ts';
import { englishWords } from './words-en.ts';
import { chineseNoise, chineseWords } from './words-zh.ts';

/** Words per meaning, in both languages. */
export const words: Readonly<Partial<Record<Word, readonly string[]>>> = Object.fromEntries(
  [...new Set(['LINK', ...Object.keys(englishWords), ...Object.keys(chineseWords)])].map((word) => [
    word,
    [
      ...(englishWords[word as Word] ?? []),
      ...(word === 'LINK' ? englishLinks : []),
      ...(chineseWords[word as Word] ?? []),
    ],
  ]),
);

/** Words that carry nothing: politeness, articles, light verbs, particles. */
export const noise: readonly string[] = [...englishNoise, ...englishLinks, ...chineseNoise];

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
