import { sameRows } from './figures.ts';
import { randomPeriod } from './periods.ts';
import { grouped, valueAbove } from './pick.ts';
import { compared, type Relation } from './relation.ts';

export const followUpIsWhole: Relation = {
  name: 'a follow-up is the question asked whole',
  try(trial) {
    const { names, chance, asker } = trial;
    const found = grouped(trial, () => true);
    if (found === undefined) return undefined;
    const [measure, group] = found;
    const value = valueAbove(trial, measure);
    const other = chance.one(names.measures);
    const period = randomPeriod(asker.asked.today, chance).en;
    const kinds: readonly (readonly [before: string, next: string, whole: string])[] = [
      [measure.en, `by ${group.en}`, `${measure.en} by ${group.en}`],
      ...(value === undefined
        ? []
        : ([
            [`${measure.en} by ${group.en}`, `only ${value.text}`, `${measure.en} by ${group.en} for ${value.text}`],
            [`${measure.en} for ${value.text}`, `by ${group.en}`, `${measure.en} for ${value.text} by ${group.en}`],
          ] as const)),
      [`${measure.en} by ${group.en}`, 'top 3', `top 3 ${group.en} by ${measure.en}`],
      [`${measure.en} by ${group.en}`, `and ${other.en}?`, `${other.en} by ${group.en}`],
      ...(measure.isDated
        ? ([
            [measure.en, period, `${measure.en} ${period}`],
            [`${measure.en} by ${group.en}`, `and ${period}?`, `${measure.en} by ${group.en} ${period}`],
            [`${measure.en} ${period}`, 'by month', `${measure.en} by month ${period}`],
          ] as const)
        : []),
    ];
    const [before, next, whole] = chance.one(kinds);
    return compared(asker, [[before, next], whole], sameRows);
  },
};
