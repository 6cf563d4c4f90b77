import type { Answer } from './answers.ts';
import { figureOf, isNear } from './figures.ts';
import type { NamedMeasure, NamedValue } from './names.ts';
import { sometimes, valueAbove } from './pick.ts';
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

/** The figure of a value, or the only figures in their order. */
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

/** Relations between values asked for together and separately. */
export const sideRelations: readonly Relation[] = [sidesAreApart, unionIsSum];
