import { cutBuckets } from '../../../src/core/language/buckets.ts';
import type { Reading } from '../../../src/core/measures/reading/reading.ts';
import { textsFor } from '../../../src/core/texts/texts-for.ts';
import type { Asked, Rows } from './open-asked.ts';

/** The product's answer to a question. */
export type Answer = {
  readonly question: string;
  readonly sql: string | undefined;
  /** Undefined when it is not answered, or its SQL cannot be run. */
  readonly rows: Rows | undefined;
  /** Why there are none, or the text about the rows. */
  readonly said: string;
  readonly failed: boolean;
  readonly reading: Reading | undefined;
};

export type Asker = {
  readonly asked: Asked;
  /** `before`: the question that this one follows up on. */
  ask(question: string, before?: string): Promise<Answer>;
  questions(): number;
};

const localeOf = (text: string): 'en' | 'zh' => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');

/** Asks each question once, and runs each statement once. */
export function createAsker(asked: Asked): Asker {
  const answers = new Map<string, Promise<Answer>>();
  const results = new Map<string, Promise<Rows | string>>();
  const rowsOf = (sql: string): Promise<Rows | string> => {
    const known = results.get(sql) ?? asked.rows(sql);
    results.set(sql, known);
    return known;
  };
  async function answerTo(question: string, before: string | undefined): Promise<Answer> {
    const previous = before === undefined ? undefined : await ask(before);
    const shown = before === undefined ? question : `${before} → ${question}`;
    const none = { question: shown, sql: undefined, rows: undefined, failed: false, reading: undefined };
    if (before !== undefined && previous?.reading === undefined) return { ...none, said: 'nothing to go on from' };
    const reply = asked.measures.ask(question, { locale: localeOf(question), previous: previous?.reading });
    if (reply.kind === 'none') return { ...none, said: `unknown: ${reply.unknownWords.join(', ')}` };
    if (reply.kind === 'ask')
      return { ...none, said: `asked back: ${reply.suggestions.map(({ text }) => text).join(' | ')}` };
    const rows = await rowsOf(reply.sql);
    const failed = typeof rows === 'string';
    const { sql, reading, series } = reply;
    const days = failed ? [] : rows.map((row) => String(row[0]).slice(0, 10));
    const cut = series === undefined ? [] : cutBuckets(days, series.grain, series.span, asked.today);
    return {
      question: shown,
      sql,
      reading,
      failed,
      rows: failed ? undefined : rows,
      said: failed
        ? rows
        : [reply.explanation, reply.sentence ?? '', cut.length > 0 ? textsFor('en').notWhole([]) : ''].join(' '),
    };
  }
  function ask(question: string, before?: string): Promise<Answer> {
    const key = JSON.stringify([question, before]);
    const known = answers.get(key) ?? answerTo(question, before);
    answers.set(key, known);
    return known;
  }
  return { asked, ask, questions: () => answers.size };
}
