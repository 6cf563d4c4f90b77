import type { Recalled } from '../../memory/memories.ts';
import type { PromptParts } from './fit-prompt.ts';
import type { Failure, Writing } from './writing.ts';

/**
 * The part of the prompt that changes with the question. One JSON document, so that people's words stay strings and
 * cannot pose as instructions.
 */
export function userText(
  { question, source, clarifications, unread: { reading } }: Writing,
  { recalled, exchanges, examples }: PromptParts,
  { failure, again }: { readonly failure: Failure | undefined; readonly again: boolean },
): string {
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
      ...unlessEmpty('earlier_in_this_thread', exchanges),
      ...unlessEmpty('you_asked_back', clarifications),
      question: question.text,
      ...(reading === undefined ? {} : { may_mean: reading }),
      ...(again ? { your_last_reply: 'was not the JSON object that was asked for; reply with that alone' } : {}),
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
