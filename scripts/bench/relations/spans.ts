import { add, startOf } from '../../../src/core/language/calendar.ts';
import { figureOf, isMarked, isNear } from './figures.ts';
import { nameOf } from './periods.ts';
import { compared, type Relation } from './relation.ts';

const periodsAreApart: Relation = {
  name: 'two periods side by side are the two asked apart',
  try(trial) {
    const { names, chance, asker } = trial;
    const measures = names.measures.filter(({ isDated }) => isDated);
    if (measures.length === 0) return undefined;
    const measure = chance.one(measures);
    const unit = chance.one(['year', 'month', 'quarter'] as const);
    const first = startOf(add(asker.asked.today, -1 - chance.below(6), unit), unit);
    const [now, before] = [
      nameOf(first, unit),
      nameOf(startOf(add(first, unit === 'year' || chance.percent(50) ? -1 : -4, unit), unit), unit),
    ];
    if (now === undefined || before === undefined) return undefined;
    const bare = (en: string): string => en.replace(/^in /, '');
    const wording = chance.one([
      `${measure.en} ${bare(now.en)} vs ${bare(before.en)}`,
      `${measure.en} ${now.en} compared with ${bare(before.en)}`,
      `compare ${measure.en} ${now.en} and ${bare(before.en)}`,
    ]);
    return compared(asker, [wording, `${measure.en} ${now.en}`, `${measure.en} ${before.en}`], (both, one, other) => {
      const [row] = both.rows ?? [];
      const [x, y] = [figureOf(one), figureOf(other)];
      if (row === undefined || x === undefined || y === undefined) return undefined;
      const figures = row.map(Number);
      return figures.some((cell) => isNear(cell, x)) && figures.some((cell) => isNear(cell, y))
        ? undefined
        : `together ${JSON.stringify(row)}, apart ${x} and ${y}`;
    });
  },
};

/** "this month vs last month" on the 10th: ten days against ten days, or it says so. */
const likeForLike: Relation = {
  name: 'an unfinished period is compared like for like',
  try(trial) {
    const measures = trial.names.measures.filter(({ isDated }) => isDated);
    if (measures.length === 0) return undefined;
    const measure = trial.chance.one(measures);
    const unit = trial.chance.one(['year', 'quarter', 'month'] as const);
    const { today } = trial.asker.asked;
    const first = startOf(today, unit);
    if (add(today, 1, 'day') === add(first, 1, unit)) return undefined;
    const wording = trial.chance.one([`this ${unit} vs last ${unit}`, `this ${unit} compared with last ${unit}`]);
    return compared(trial.asker, [`${measure.en} ${wording}`, `${measure.en} last ${unit}`], (both, last) => {
      const [row, whole] = [both.rows?.[0], figureOf(last)];
      const before = Number(row?.[1] ?? 0);
      if (row?.length !== 3 || whole === undefined || whole === 0 || isMarked(both)) return undefined;
      // Nothing may have happened in the days that were left out.
      if (both.reading?.compare !== undefined && both.reading.compare.end < first) return undefined;
      return isNear(before, whole) ? `${first} to ${today} is compared with a whole ${unit} (${before})` : undefined;
    });
  },
};

/** Relations between periods asked for together and separately. */
export const spanRelations: readonly Relation[] = [periodsAreApart, likeForLike];
