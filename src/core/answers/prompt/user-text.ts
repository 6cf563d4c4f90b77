import type { Recalled } from '../../memory/memories.ts';
import type { Failure, Writing } from './writing.ts';

/**
 * What changes from question to question, after the stable part. One JSON document: people's words stay strings in it and
 * cannot pretend to be instructions.
 */
export function userText(writing: Writing, failure: Failure | undefined): string {
  const { question, source, recalled, thread, examples, clarifications } = writing;
  const patterns = recalled.filter(({ memory }) => memory.kind === 'query_pattern');
  const memories = recalled.filter((one) => !patterns.includes(one));
  return JSON.stringify(
    {
      today: source.today(),
      ...unlessEmpty(
        'verified_examples',
        examples.map(({ question, sql }) => ({ question, sql })),
      ),
      ...unlessEmpty('accepted_query_patterns', patterns.map(shown)),
      ...unlessEmpty('memories', memories.map(shown)),
      ...unlessEmpty('earlier_in_this_thread', thread),
      ...unlessEmpty('you_asked_back', clarifications),
      question: question.text,
      ...(failure ? { your_last_sql: failure.sql, what_was_wrong: { ...failure, sql: undefined } } : {}),
    },
    null,
    1,
  );
}

const shown = ({ memory: { id, kind, text, sql, tables } }: Recalled) => ({
  id,
  kind,
  text,
  ...(sql === undefined ? {} : { sql_that_people_accepted: sql, tables }),
});

const unlessEmpty = (name: string, list: readonly unknown[]): object => (list.length === 0 ? {} : { [name]: list });
