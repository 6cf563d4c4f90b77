import { add, startOf } from '../../../src/core/language/calendar.ts';
import { grouped, sometimes, valueAbove } from './adding.ts';
import type { Answer } from './answers.ts';
import { areSame, figureOf, isNear } from './figures.ts';
import type { NamedMeasure, NamedValue } from './names.ts';
import { nameOf, randomPeriod } from './periods.ts';
import { compared, type Relation, type Trial } from './relation.ts';

/** Two values of one field above the measure. */
function twoValues(trial: Trial, measure: NamedMeasure): readonly [NamedValue, NamedValue] | undefined {
  const one = valueAbove(trial, measure);
  const others =
    one === undefined
      ? []
      : trial.names.values.filter(({ field, stored }) => field === one.field && stored !== one.stored);
  return one === undefined || others.length === 0 ? undefined : [one, trial.chance.one(others)];
}

/** The figure that stands beside a value, or the only ones that there are, in their order. */
const besideValue = ({ rows = [] }: Answer, value: string): number | undefined => {
  const row = rows.find((cells) => cells.some((cell) => String(cell).toLowerCase() === value.toLowerCase()));
  return row === undefined ? undefined : Number(row.at(-1) ?? 0);
};

const sidesAreApart: Relation = {
  name: '"A vs B" is A and B asked apart',
  try(trial) {
    const { names, chance, asker } = trial;
    if (names.measures.length === 0) return undefined;
    const measure = chance.one(names.measures);
    const two = twoValues(trial, measure);
    if (two === undefined) return undefined;
    const [a, b] = two;
    const rest = sometimes(trial, measure);
    const both = chance.one([
      `${a.text} vs ${b.text} ${measure.en}${rest}`,
      `${a.text} ${measure.en} vs ${b.text} ${measure.en}${rest}`,
      `${measure.en} for ${a.text} vs ${b.text}${rest}`,
      `compare ${measure.en} of ${a.text} and ${b.text}${rest}`,
    ]);
    return compared(
      asker,
      [both, `${measure.en} for ${a.text}${rest}`, `${measure.en} for ${b.text}${rest}`],
      (pair, one, other) => {
        const [x, y] = [figureOf(one), figureOf(other)];
        if (x === undefined || y === undefined) return undefined;
        const [given, alsoGiven] = [besideValue(pair, a.text) ?? 0, besideValue(pair, b.text) ?? 0];
        if (figureOf(pair) !== undefined)
          return isNear(figureOf(pair) ?? 0, x) && isNear(x, y)
            ? undefined
            : `one figure ${figureOf(pair)} for ${x} and ${y}`;
        return isNear(given, x) && isNear(alsoGiven, y)
          ? undefined
          : `together ${given} and ${alsoGiven}, apart ${x} and ${y}`;
      },
    );
  },
};

const unionIsSum: Relation = {
  name: '"A and B" of one field is the two together',
  try(trial) {
    const { names, chance, asker } = trial;
    const measures = names.measures.filter(({ addsUp }) => addsUp);
    if (measures.length === 0) return undefined;
    const measure = chance.one(measures);
    const two = twoValues(trial, measure);
    if (two === undefined) return undefined;
    const [a, b] = two;
    const join = chance.one(['and', 'or']);
    return compared(
      asker,
      [`${measure.en} for ${a.text} ${join} ${b.text}`, `${measure.en} for ${a.text}`, `${measure.en} for ${b.text}`],
      (both, one, other) => {
        const [all, x, y] = [figureOf(both), figureOf(one), figureOf(other)];
        if (all === undefined || x === undefined || y === undefined || /distinct/i.test(both.sql ?? ''))
          return undefined;
        return isNear(all, x + y) ? undefined : `together ${all}, apart ${x} and ${y}`;
      },
    );
  },
};

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

const sameRows = (one: Answer, other: Answer): string | undefined =>
  one.rows === undefined || other.rows === undefined || areSame(one.rows, other.rows)
    ? undefined
    : `${JSON.stringify(one.rows.slice(0, 3))} is not ${JSON.stringify(other.rows.slice(0, 3))}`;

const followUpIsWhole: Relation = {
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

export const comparingRelations: readonly Relation[] = [sidesAreApart, unionIsSum, periodsAreApart, followUpIsWhole];
