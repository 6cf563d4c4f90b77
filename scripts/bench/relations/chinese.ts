import { sameRows } from './figures.ts';
import { randomPeriod } from './periods.ts';
import { grouped } from './pick.ts';
import { compared, type Relation } from './relation.ts';

export const chineseIsEnglish: Relation = {
  name: 'Chinese is English',
  try(trial) {
    const { names, chance, asker } = trial;
    const measures = names.measures.filter(({ zh }) => zh.length > 0);
    if (measures.length === 0) return undefined;
    const found = grouped(
      { ...trial, names: { ...names, measures, groups: names.groups.filter(({ zh }) => zh.length > 0) } },
      () => true,
    );
    if (found === undefined) return undefined;
    const [measure, group] = found;
    const [m, g] = [chance.one(measure.zh), chance.one(group.zh)];
    const values = names.values.filter(({ zh, field }) => zh.length > 0 && field.dataset === group.dataset);
    const value = values.length > 0 ? chance.one(values) : undefined;
    const period = randomPeriod(asker.asked.today, chance);
    const pairs: readonly (readonly [zh: string, en: string])[] = [
      [`各${g}的${m}`, `${measure.en} by ${group.en}`],
      [`按${g}的${m}`, `${measure.en} by ${group.en}`],
      [`${m}最高的5个${g}`, `top 5 ${group.en} by ${measure.en}`],
      [m, measure.en],
      ...(value === undefined ? [] : ([[`${chance.one(value.zh)}的${m}`, `${measure.en} for ${value.text}`]] as const)),
      ...(measure.isDated
        ? ([
            [`${period.zh}的${m}`, `${measure.en} ${period.en}`],
            [`${period.zh}各${g}的${m}`, `${measure.en} by ${group.en} ${period.en}`],
            [`${period.zh}按月${m}`, `${measure.en} by month ${period.en}`],
            [`每月${m}`, `${measure.en} by month`],
          ] as const)
        : []),
    ];
    return compared(asker, [...chance.one(pairs)], sameRows);
  },
};
