import { add, startOf } from '../../../src/core/language/calendar.ts';
import { figureOf } from './figures.ts';
import { nameOf } from './periods.ts';
import { compared, type Relation } from './relation.ts';
import { many, twoThings } from './things.ts';

/** "customers with orders in 2025" are as many as "orders by customer in 2025" has rows. */
const periodIsOfWhatHappens: Relation = {
  name: 'a period is on the date of what happens',
  try(trial) {
    const found = twoThings(trial);
    if (found === undefined || found[1].dataset.time === undefined) return undefined;
    const [one, below] = found;
    const first = startOf(add(trial.asker.asked.today, -trial.chance.below(3), 'year'), 'year');
    const period = nameOf(first, 'year')?.en ?? '';
    return compared(
      trial.asker,
      [`how many ${many(one)} have ${many(below)} ${period}`, `number of ${many(below)} by ${one.en} ${period}`],
      (count, groups) => {
        const figure = figureOf(count);
        const rows = groups.rows?.filter((row) => row[0] !== null).length;
        if (figure === undefined || rows === undefined || groups.rows?.[0]?.length !== 2) return undefined;
        return figure === rows ? undefined : `${figure} have some, ${rows} are listed with some`;
      },
    );
  },
};

const verbs = ['sold', 'bought', 'ordered', 'shipped', 'delivered', 'returned', 'cancelled', 'paid', 'refunded'];

/** "products sold in May" are not those of May: the date is that of the sale, or it is not answered. */
const verbsHaveDates: Relation = {
  name: 'a named period is on the date of its verb',
  try(trial) {
    const things = trial.names.things.filter(({ dataset }) => dataset.time !== undefined);
    if (things.length === 0) return undefined;
    const thing = trial.chance.one(things);
    const verb = trial.chance.one(verbs);
    const stem = verb.slice(0, 4);
    const own = [thing.en, ...thing.others, thing.dataset.time?.name ?? '', ...(thing.dataset.time?.phrases ?? [])]
      .join(' ')
      .toLowerCase();
    if (own.includes(stem)) return undefined;
    const period =
      nameOf(startOf(add(trial.asker.asked.today, -trial.chance.below(3), 'year'), 'year'), 'year')?.en ?? '';
    const asked = trial.chance.one([
      `how many ${many(thing)} were ${verb} ${period}`,
      `number of ${many(thing)} ${verb} ${period}`,
    ]);
    return compared(trial.asker, [asked, `number of ${many(thing)} ${period}`], (one, all) =>
      one.sql === all.sql ? `"${verb}" is dated by ${thing.dataset.time?.id}` : undefined,
    );
  },
};

/** Which date a period is on. */
export const dateRelations: readonly Relation[] = [periodIsOfWhatHappens, verbsHaveDates];
