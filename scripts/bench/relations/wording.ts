import { grouped, valueAbove } from './adding.ts';
import type { Answer } from './answers.ts';
import { areSame } from './figures.ts';
import { plural } from './names.ts';
import { randomPeriod } from './periods.ts';
import { compared, type Relation, type Trial } from './relation.ts';

const sameRows = (one: Answer, other: Answer): string | undefined =>
  one.rows === undefined || other.rows === undefined || areSame(one.rows, other.rows)
    ? undefined
    : `${JSON.stringify(one.rows.slice(0, 3))} is not ${JSON.stringify(other.rows.slice(0, 3))}`;

type Parts = {
  readonly measure: string;
  readonly by: string | undefined;
  readonly where: string | undefined;
  readonly when: string | undefined;
};

const said = ({ measure, by, where, when }: Parts): string =>
  [measure, by && `by ${by}`, where && `for ${where}`, when].filter(Boolean).join(' ');

/** A question in parts, with what else each part is called. */
function randomParts(trial: Trial): { readonly parts: Parts; readonly synonyms: readonly Parts[] } | undefined {
  const { chance, asker } = trial;
  const found = grouped(trial, () => true);
  if (found === undefined) return undefined;
  const [measure, group] = found;
  const value = chance.percent(40) ? valueAbove(trial, measure) : undefined;
  const by = chance.percent(70) || value === undefined ? group : undefined;
  const when = measure.isDated && chance.percent(40) ? randomPeriod(asker.asked.today, chance).en : undefined;
  const parts = { measure: measure.en, by: by?.en, where: value?.text, when };
  const synonyms = [
    ...measure.others.map((other) => ({ ...parts, measure: other })),
    ...(by === undefined ? [] : by.others.map((other) => ({ ...parts, by: other }))),
  ];
  return { parts, synonyms };
}

const capitals = (text: string): string => text.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase());

/** The same question otherwise: order of words, plural, case, politeness. */
function otherwise({ measure, by, where, when }: Parts): readonly (readonly [change: string, question: string])[] {
  const whole = said({ measure, by, where, when });
  const nouns = by === undefined ? [] : [['plural', said({ measure, by: plural(by), where, when })] as const];
  const order =
    by === undefined
      ? [[when, `${measure} for ${where}`].filter(Boolean).join(' ')]
      : [
          [when, measure, where && `for ${where}`, `by ${by}`].filter(Boolean).join(' '),
          [`by ${by}`, measure, where && `for ${where}`, when].filter(Boolean).join(' '),
          [measure, when, where && `for ${where}`, `by ${by}`].filter(Boolean).join(' '),
        ];
  return [
    ...order.map((question) => ['word order', question] as const),
    ...nouns,
    ...[whole.toUpperCase(), capitals(whole), whole.toLowerCase()].map((question) => ['case', question] as const),
    ...[
      `please show me ${whole}`,
      `could you tell me the ${whole}, please?`,
      `what is the ${whole}?`,
      `${whole}, thanks`,
    ].map((question) => ['politeness', question] as const),
    ...(by === undefined
      ? []
      : [['each', [measure, `for each ${by}`, where && `for ${where}`, when].filter(Boolean).join(' ')] as const]),
  ];
}

const sameOtherwise: Relation = {
  name: 'word order, plural, case and politeness change nothing',
  try(trial) {
    const made = randomParts(trial);
    if (made === undefined) return undefined;
    const [, other] = trial.chance.one(otherwise(made.parts));
    return compared(trial.asker, [said(made.parts), other], sameRows);
  },
};

const synonymsAreSame: Relation = {
  name: 'a synonym changes nothing',
  try(trial) {
    const made = randomParts(trial);
    if (made === undefined || made.synonyms.length === 0) return undefined;
    return compared(trial.asker, [said(made.parts), said(trial.chance.one(made.synonyms))], sameRows);
  },
};

const chineseIsEnglish: Relation = {
  name: 'Chinese is English',
  try(trial) {
    const { names, chance, asker } = trial;
    const measures = names.measures.filter(({ zh }) => zh.length > 0);
    if (measures.length === 0) return undefined;
    const found = grouped(
      { ...trial, names: { ...names, measures, groups: names.groups.filter(({ zh }) => zh.length > 0) } },
      () => true,
    );
    if (found === undefined) return undefined;
    const [measure, group] = found;
    const [m, g] = [chance.one(measure.zh), chance.one(group.zh)];
    const values = names.values.filter(({ zh, field }) => zh.length > 0 && field.dataset === group.dataset);
    const value = values.length > 0 ? chance.one(values) : undefined;
    const period = randomPeriod(asker.asked.today, chance);
    const pairs: readonly (readonly [zh: string, en: string])[] = [
      [`各${g}的${m}`, `${measure.en} by ${group.en}`],
      [`按${g}的${m}`, `${measure.en} by ${group.en}`],
      [`${m}最高的5个${g}`, `top 5 ${group.en} by ${measure.en}`],
      [m, measure.en],
      ...(value === undefined ? [] : ([[`${chance.one(value.zh)}的${m}`, `${measure.en} for ${value.text}`]] as const)),
      ...(measure.isDated
        ? ([
            [`${period.zh}的${m}`, `${measure.en} ${period.en}`],
            [`${period.zh}各${g}的${m}`, `${measure.en} by ${group.en} ${period.en}`],
            [`${period.zh}按月${m}`, `${measure.en} by month ${period.en}`],
            [`每月${m}`, `${measure.en} by month`],
          ] as const)
        : []),
    ];
    return compared(asker, [...chance.one(pairs)], sameRows);
  },
};

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

/** A word with a meaning of its own asks for other rows, or cannot be read; it is never passed over. */
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

export const wordingRelations: readonly Relation[] = [sameOtherwise, synonymsAreSame, chineseIsEnglish, wordsCount];
