import { isSameRoot, namesDoer, nounOfVerb } from '../../language/word-roots.ts';
import type { Dataset, Field, Model, Relationship } from '../model/model.ts';
import { wordsOfName } from '../model/names.ts';
import { identifier } from '../model/sql-text.ts';

/** What of the model a verb speaks of: "taught" of the table `teaches`, "created" of the column `created_at`. */
export type VerbMeaning = {
  readonly datasets: readonly Dataset[];
  readonly fields: readonly Field[];
  readonly joins: readonly Relationship[];
};

/** A part of a column's name is no verb: "full" of the full name. */
type Named = { readonly words: readonly string[]; readonly isColumn: boolean; readonly add: (found: Found) => void };
type Found = { datasets: Dataset[]; fields: Field[]; joins: Relationship[] };

/**
 * Verbs carry meaning: one that nothing in the model accounts for leaves the question unread. What a doer is called says
 * less than what is done: "taught" is the table `teaches` before the table `teacher`.
 */
export function createVerbs(model: Model): (verb: string) => VerbMeaning | undefined {
  const names = namesIn(model);
  return (verb) => {
    const [things, doers] = [emptyFound(), emptyFound()];
    for (const { words, isColumn, add } of names)
      for (const word of words)
        if (
          (isSameRoot(verb, word) && !(isColumn && word === verb && !verb.endsWith('ed'))) ||
          nounOfVerb(verb) === word
        )
          add(namesDoer(word, verb) ? doers : things);
    const found = [things, doers].find(
      ({ datasets, fields, joins }) => datasets.length + fields.length + joins.length > 0,
    );
    return found && { ...found, datasets: calledSo(found.datasets, verb) };
  };
}

/** "ordered" is the orders before the order items. */
function calledSo(datasets: readonly Dataset[], verb: string): readonly Dataset[] {
  const exact = datasets.filter(({ phrases }) =>
    phrases.some((phrase) => !phrase.includes(' ') && isSameRoot(verb, phrase)),
  );
  return exact.length > 0 ? exact : datasets;
}

const emptyFound = (): Found => ({ datasets: [], fields: [], joins: [] });

const wordsIn = (phrases: readonly string[]): readonly string[] => [...new Set(phrases.flatMap(wordsOfName))];

const namesIn = ({ datasets, fields, relationships }: Model): readonly Named[] => [
  ...[...datasets.values()].map((dataset) => ({
    words: wordsIn([dataset.name, ...dataset.phrases]),
    isColumn: false,
    add: (found: Found) => void found.datasets.push(dataset),
  })),
  ...[...fields.values()].map((field) => ({
    words: field.hidden ? [] : wordsIn([field.name, ...field.phrases]),
    isColumn: true,
    add: (found: Found) => void found.fields.push(field),
  })),
  ...relationships.map((join) => ({
    words: wordsIn(join.phrases),
    isColumn: false,
    add: (found: Found) => void found.joins.push(join),
  })),
];

/** The SQL makes use of what the verb speaks of. */
export function isSpokenOf({ datasets, fields, joins }: VerbMeaning, sql: string): boolean {
  const has = (dataset: string): boolean => sql.includes(`${identifier(dataset)}.`);
  return (
    datasets.some(({ name }) => has(name)) ||
    fields.some((field) => sql.includes(`${identifier(field.dataset)}.${identifier(field.name)}`)) ||
    joins.some(({ from, to }) => has(from) && has(to))
  );
}
