import { figuresOf, sum } from './figures.ts';
import { grouped, sometimes } from './pick.ts';
import { compared, type Relation } from './relation.ts';

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

export const shareRelations: readonly Relation[] = [sharesAreWhole, sharesAreOfWholes];
