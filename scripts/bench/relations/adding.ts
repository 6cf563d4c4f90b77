import { add, startOf, type Unit } from '../../../src/core/language/calendar.ts';
import type { Answer } from './answers.ts';
import { figureOf, figuresOf, isNear, sum } from './figures.ts';
import { isAbove, type NamedGroup, type NamedMeasure, type Names } from './names.ts';
import { nameOf, randomPeriod } from './periods.ts';
import { compared, type Relation, type Trial, type Tried } from './relation.ts';

/** A measure with something above it to group it by: no row is in two groups. */
export function grouped(
  { names, chance, asker }: Trial,
  isWanted: (one: NamedMeasure) => boolean,
): readonly [NamedMeasure, NamedGroup] | undefined {
  const measures = names.measures.filter(isWanted);
  if (measures.length === 0) return undefined;
  const measure = chance.one(measures);
  const groups = names.groups.filter(({ dataset }) => isAbove(asker.asked.model, measure.dataset, dataset));
  return groups.length === 0 ? undefined : [measure, chance.one(groups)];
}

/** A value of a field above the measure. */
export const valueAbove = (
  { names, chance, asker }: Trial,
  measure: NamedMeasure,
): Names['values'][number] | undefined => {
  const values = names.values.filter(({ field }) => isAbove(asker.asked.model, measure.dataset, field.dataset));
  return values.length === 0 ? undefined : chance.one(values);
};

export const sometimes = (trial: Trial, measure: NamedMeasure): string =>
  measure.isDated && trial.chance.percent(40) ? ` ${randomPeriod(trial.asker.asked.today, trial.chance).en}` : '';

/** Different values add up to nothing. */
const isDistinct = ({ sql }: Answer): boolean => /count\(distinct/i.test(sql ?? '');

const sumIs = (parts: Answer, whole: Answer): string | undefined => {
  const [all, of] = [figuresOf(parts), figureOf(whole)];
  if (all === undefined || of === undefined || isDistinct(parts) || all.length >= 20_000) return undefined;
  return isNear(sum(all), of) ? undefined : `parts add up to ${sum(all)}, the whole is ${of}`;
};

const partsMakeTheWhole: Relation = {
  name: 'the parts of a grouping add up to the whole',
  try(trial) {
    const found = grouped(trial, ({ addsUp }) => addsUp);
    if (found === undefined) return undefined;
    const [measure, group] = found;
    const rest = sometimes(trial, measure);
    return compared(trial.asker, [`${measure.en} by ${group.en}${rest}`, `${measure.en}${rest}`], sumIs);
  },
};

const units = ['month', 'quarter', 'year', 'week', 'day'] as const;

const seriesMakesThePeriod: Relation = {
  name: 'a series adds up to its period',
  try(trial) {
    const measures = trial.names.measures.filter(({ addsUp, isDated }) => addsUp && isDated);
    if (measures.length === 0) return undefined;
    const measure = trial.chance.one(measures);
    const rest = trial.chance.percent(80) ? ` ${randomPeriod(trial.asker.asked.today, trial.chance).en}` : '';
    return compared(trial.asker, [`${measure.en} by ${trial.chance.one(units)}${rest}`, `${measure.en}${rest}`], sumIs);
  },
};

const isMarked = ({ said }: Answer): boolean =>
  /so far|to date|until|up to|partial|incomplete|unfinished|截至|不完整/i.test(said);

const spans = ['', '', 'last 12 months', 'last 90 days', 'past 8 weeks', 'this year', 'last year', 'last 6 months'];

/** The first or last bucket of a series, and the same period asked for by its name. */
async function tryBucket(
  { asker, chance }: Trial,
  measure: NamedMeasure,
  unit: Unit,
  isFirst: boolean,
): Promise<Tried> {
  const series = `${measure.en} by ${unit} ${chance.one(spans)}`.trim();
  return compared(asker, [series], () => undefined).then(async (tried) => {
    if (tried.kind !== 'held') return tried;
    const answer = await asker.ask(series);
    const row = answer.rows?.at(isFirst ? 0 : -1);
    const first = /^\d{4}-\d\d-\d\d/.exec(String(row?.[0] ?? ''))?.[0];
    const name = first === undefined ? undefined : nameOf(first, unit);
    if (row === undefined || name === undefined || isMarked(answer)) return tried;
    return compared(asker, [series, `${measure.en} ${name.en}`], (_, whole) => {
      const [figure, given] = [figureOf(whole), Number(row.at(-1) ?? 0)];
      return figure === undefined || isNear(figure, given)
        ? undefined
        : `the ${isFirst ? 'first' : 'last'} ${unit} has ${given}, asked apart it has ${figure}, and nothing says so`;
    });
  });
}

const bucketIsWhole =
  (unit: Unit, isFirst: boolean): Relation['try'] =>
  (trial) => {
    const measures = trial.names.measures.filter(({ isDated }) => isDated);
    return measures.length === 0 ? undefined : tryBucket(trial, trial.chance.one(measures), unit, isFirst);
  };

const bucketRelations: readonly Relation[] = (['month', 'quarter', 'year'] as const).flatMap((unit) =>
  [true, false].map((isFirst) => ({
    name: `the ${isFirst ? 'first' : 'last'} bucket of a series is whole or marked`,
    try: bucketIsWhole(unit, isFirst),
  })),
);

const groupIsFilter: Relation = {
  name: 'a row of a grouping is the figure for its value',
  try(trial) {
    const { names, chance } = trial;
    if (names.measures.length === 0) return undefined;
    const measure = chance.one(names.measures);
    const value = valueAbove(trial, measure);
    const group = value && names.groups.find(({ field }) => field === value.field);
    if (value === undefined || group === undefined) return undefined;
    const rest = sometimes(trial, measure);
    const filter = chance.percent(50) ? `for ${value.text}` : `for ${group.en} ${value.text}`;
    return compared(
      trial.asker,
      [`${measure.en} by ${group.en}${rest}`, `${measure.en} ${filter}${rest}`],
      (by, one) => {
        const [rows, figure] = [by.rows?.filter(([cell]) => String(cell) === value.stored) ?? [], figureOf(one)];
        if (figure === undefined || rows.length > 1 || by.rows?.[0]?.length !== 2) return undefined;
        const given = Number(rows[0]?.[1] ?? 0);
        return isNear(given, figure)
          ? undefined
          : `the row of ${value.stored} has ${given}, asked for alone it is ${figure}`;
      },
    );
  },
};

const firstsAreOfAll: Relation = {
  name: 'the first rows are the first of all rows',
  try(trial) {
    const found = grouped(trial, () => true);
    if (found === undefined) return undefined;
    const [measure, group] = found;
    const rest = sometimes(trial, measure);
    return compared(
      trial.asker,
      [`top 3 ${group.en} by ${measure.en}${rest}`, `${measure.en} by ${group.en}${rest}`],
      (top, all) => {
        const [firsts, figures] = [figuresOf(top), figuresOf(all)];
        if (firsts === undefined || figures === undefined || firsts.length === 0 || figures.length >= 20_000)
          return undefined;
        const [highest, best] = [Math.max(...firsts), Math.max(...figures)];
        return isNear(highest, best) ? undefined : `the first has ${highest}, the highest of all is ${best}`;
      },
    );
  },
};

const sharesAreWhole: Relation = {
  name: 'shares add up to 100',
  try(trial) {
    const found = grouped(trial, ({ addsUp }) => addsUp);
    if (found === undefined) return undefined;
    const [measure, group] = found;
    return compared(trial.asker, [`share of ${measure.en} by ${group.en}${sometimes(trial, measure)}`], (shares) => {
      const all = figuresOf(shares);
      if (all === undefined || all.length === 0 || all.length > 200 || all.every((one) => one === 0)) return undefined;
      return Math.abs(sum(all) - 100) < 0.06 * all.length + 0.2 ? undefined : `they add up to ${sum(all)}`;
    });
  },
};

const sharesAreOfWholes: Relation = {
  name: 'there is no share of what does not add up',
  try(trial) {
    const found = grouped(trial, ({ addsUp, isCount }) => !addsUp && !isCount);
    if (found === undefined) return undefined;
    const [measure, group] = found;
    return compared(trial.asker, [`share of ${measure.en} by ${group.en}`], () => 'averages and ratios have no sum');
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
      return isNear(before, whole) ? `${first} to ${today} is compared with a whole ${unit} (${before})` : undefined;
    });
  },
};

export const addingRelations: readonly Relation[] = [
  partsMakeTheWhole,
  seriesMakesThePeriod,
  ...bucketRelations,
  groupIsFilter,
  firstsAreOfAll,
  sharesAreWhole,
  sharesAreOfWholes,
  likeForLike,
];
