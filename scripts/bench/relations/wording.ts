import { sameRows } from './figures.ts';
import { plural } from './names.ts';
import { randomPeriod } from './periods.ts';
import { grouped, valueAbove } from './pick.ts';
import { compared, type Relation, type Trial } from './relation.ts';

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

/** The same question in other words: word order, plural, case, politeness. */
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

/** Relations between wordings of the same question. */
export const wordingRelations: readonly Relation[] = [sameOtherwise, synonymsAreSame];
