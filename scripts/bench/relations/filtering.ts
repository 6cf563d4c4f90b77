import { add, startOf } from '../../../src/core/language/calendar.ts';
import { figureOf, isNear } from './figures.ts';
import { nameOf } from './periods.ts';
import { sometimes, valueAbove } from './pick.ts';
import { compared, type Relation } from './relation.ts';
import { many, twoThings } from './things.ts';

const filterNarrows: Relation = {
  name: 'a filter never increases a count',
  try(trial) {
    const counts = trial.names.measures.filter(({ isCount }) => isCount);
    if (counts.length === 0) return undefined;
    const measure = trial.chance.one(counts);
    const value = valueAbove(trial, measure);
    if (value === undefined) return undefined;
    const rest = sometimes(trial, measure);
    const question = trial.chance.one([
      `${measure.en} for ${value.text}${rest}`,
      `${value.text} ${measure.en}${rest}`,
      `${measure.en} not in ${value.text}${rest}`,
    ]);
    return compared(trial.asker, [question, `${measure.en}${rest}`], (some, all) => {
      const [x, y] = [figureOf(some), figureOf(all)];
      return x === undefined || y === undefined || x <= y ? undefined : `${x} of ${y}`;
    });
  },
};

const notIsTheRest: Relation = {
  name: '"A" and "not A" add up to all',
  try(trial) {
    const measures = trial.names.measures.filter(({ addsUp }) => addsUp);
    if (measures.length === 0) return undefined;
    const measure = trial.chance.one(measures);
    const value = valueAbove(trial, measure);
    if (value === undefined) return undefined;
    const group = trial.names.groups.find(({ field }) => field === value.field);
    const rest = sometimes(trial, measure);
    const not = trial.chance.one([
      `not in ${value.text}`,
      `without ${value.text}`,
      `except ${value.text}`,
      `where ${group?.en} is not ${value.text}`,
    ]);
    return compared(
      trial.asker,
      [`${measure.en} for ${value.text}${rest}`, `${measure.en} ${not}${rest}`, `${measure.en}${rest}`],
      (one, others, all) => {
        const [x, y, z] = [figureOf(one), figureOf(others), figureOf(all)];
        if (x === undefined || y === undefined || z === undefined || /distinct/i.test(one.sql ?? '')) return undefined;
        return isNear(x + y, z) ? undefined : `${x} and ${y} of ${z}`;
      },
    );
  },
};

const withoutIsTheRest: Relation = {
  name: '"with" and "without" add up to all',
  try(trial) {
    const found = twoThings(trial);
    if (found === undefined) return undefined;
    const [one, below] = found;
    const [a, b] = [many(one), many(below)];
    const period =
      one.dataset.time !== undefined && trial.chance.percent(40)
        ? ` ${nameOf(startOf(add(trial.asker.asked.today, -trial.chance.below(3), 'year'), 'year'), 'year')?.en}`
        : '';
    const words = trial.chance.one([
      ['with', 'without'],
      ['that have', 'that have no'],
      ['with', 'with no'],
      ['that have', 'that never had'],
    ] as const);
    const asks = [
      `how many ${a} ${words[0]} ${b}${period}`,
      `how many ${a} ${words[1]} ${b}${period}`,
      `how many ${a}${period}`,
      `how many ${a}`,
    ];
    // The period may be of either, but in both questions of the same.
    return compared(trial.asker, asks, (some, none, dated, all) => {
      const [x, y, z, every] = [some, none, dated, all].map(figureOf);
      if (x === undefined || y === undefined || z === undefined || every === undefined) return undefined;
      return isNear(x + y, z) || isNear(x + y, every) ? undefined : `${x} and ${y} of ${z}, or of all ${every}`;
    });
  },
};

/** Relations between a filter and its complement. */
export const filteringRelations: readonly Relation[] = [filterNarrows, notIsTheRest, withoutIsTheRest];
