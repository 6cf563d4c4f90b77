import { figureOf, figuresOf, isNear, sumIs } from './figures.ts';
import { grouped, sometimes, valueAbove } from './pick.ts';
import { compared, type Relation } from './relation.ts';

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

/** Relations between a figure and its groups. */
export const partRelations: readonly Relation[] = [partsMakeTheWhole, groupIsFilter, firstsAreOfAll];
