import type { Answer } from './answers.ts';
import { figureOf, isNear } from './figures.ts';
import { isAbove, plural } from './names.ts';
import { compared, type Relation, type Trial } from './relation.ts';
import { many } from './things.ts';

const contents = [
  'on hold',
  'late',
  'broken',
  'foreign',
  'married',
  'expired',
  'damaged',
  'famous',
  'retired',
  'overdue',
  'pending',
  'secret',
  'vegan',
  'taught',
  'participating',
  'divorced',
];

/** A meaningful word changes the rows or cannot be read; it is never ignored. */
const wordsCount: Relation = {
  name: 'a word with a meaning is not passed over',
  try(trial) {
    const { names, chance, asker } = trial;
    if (names.things.length === 0) return undefined;
    const thing = chance.one(names.things);
    const word = chance.one(contents);
    const noun = plural(thing.en);
    const asked = chance.one([
      `how many ${noun} are ${word}`,
      ...(word.includes(' ') ? [] : [`how many ${word} ${noun} are there`]),
    ]);
    return compared(asker, [asked, `how many ${noun}`], (one, all) =>
      one.sql === all.sql ? `"${word}" is passed over` : undefined,
    );
  },
};

const numberFields = ({ names }: Trial) =>
  names.things.flatMap((thing) =>
    thing.dataset.fields
      .filter(
        (field) =>
          (field.type === 'integer' || field.type === 'number') &&
          !field.isKey &&
          !field.hidden &&
          !field.isTime &&
          !thing.dataset.key.includes(field.name),
      )
      .map((field) => ({ thing, field })),
  );

/** Counted by a statement of our own over the one table. */
const comparisonsAreRead: Relation = {
  name: 'a comparison counts the rows that it names',
  try(trial) {
    const all = numberFields(trial);
    if (all.length === 0) return undefined;
    const { thing, field } = trial.chance.one(all);
    const phrase = field.phrases[0] ?? field.name;
    const { source, rowFilter } = thing.dataset;
    if (/^\s*\(?\s*select/i.test(source)) return undefined;
    return (async () => {
      const found = await trial.asker.asked.rows(
        `SELECT min(${field.expression}), avg(${field.expression}), max(${field.expression}) FROM ${source}`,
      );
      const cells = typeof found === 'string' ? [] : (found[0] ?? []);
      const value = Math.round(Number(trial.chance.one(cells.length > 0 ? cells : [0]) ?? 0));
      const [words, op] = trial.chance.one([
        ['more than', '>'],
        ['at least', '>='],
        ['under', '<'],
        ['at most', '<='],
        ['over', '>'],
        ['below', '<'],
      ] as const);
      const where = rowFilter === undefined ? '' : ` AND (${rowFilter})`;
      const gold = await trial.asker.asked.rows(
        `SELECT count(*) FROM ${source} WHERE ${field.expression} ${op} ${value}${where}`,
      );
      const right = typeof gold === 'string' ? undefined : Number(gold[0]?.[0]);
      return compared(trial.asker, [`how many ${many(thing)} have a ${phrase} ${words} ${value}`], (answer) => {
        const figure = figureOf(answer);
        return figure === undefined || right === undefined || Number.isNaN(right) || isNear(figure, right)
          ? undefined
          : `${figure}, counted in the table ${right}`;
      });
    })();
  },
};

/** "total area for Antarctica", a continent and a country: the product must ask which one is meant. */
const oneFieldIsMeant: Relation = {
  name: 'a value of two fields is asked back',
  try({ names, chance, asker }) {
    const { model } = asker.asked;
    if (names.measures.length === 0) return undefined;
    const measure = chance.one(names.measures);
    const isOfIt = ({ dataset }: { readonly dataset: string }): boolean => isAbove(model, measure.dataset, dataset);
    const values = names.values.filter(({ field, others }) => others.some(isOfIt) && isOfIt(field));
    if (values.length === 0) return undefined;
    const { text, field, others } = chance.one(values);
    const [one, other] = [field, ...others.filter(isOfIt)].map(
      (owner) => names.groups.find((group) => group.field === owner)?.en,
    );
    if (one === undefined || other === undefined) return undefined;
    const by = (name: string): string => `${measure.en} where ${name} is ${text}`;
    return compared(asker, [`${measure.en} for ${text}`, by(one), by(other)], (bare, first, second) => {
      const [given, x, y] = [bare, first, second].map(figureOf);
      return given === undefined || x === undefined || y === undefined || x === y || areCopies(first, second)
        ? undefined
        : `${one}: ${x}, ${other}: ${y}, taken without a word: ${given}`;
    });
  },
};

/** Both name the same column: the first words were not read as the field. */
const areCopies = (one: Answer, other: Answer): boolean => one.sql === other.sql;

/** Relations about single words. */
export const meaningRelations: readonly Relation[] = [wordsCount, comparisonsAreRead, oneFieldIsMeant];
