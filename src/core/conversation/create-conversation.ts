import { type AnswerDeps, answerQuestion } from '../answer.ts';
import type { AnswerRecord } from '../answers/answer-store.ts';
import { answerFromSql } from '../answers/from-sql.ts';
import { type HeldBack, heldBackIn, mayRunAnyway } from '../answers/held-back.ts';
import type { Answered } from '../answers/outcome.ts';
import { check, read } from '../answers/read.ts';
import { receive } from '../answers/reception.ts';
import type { Run } from '../answers/run.ts';
import type { Source } from '../answers/source.ts';
import { withFreshRows } from '../answers/with-fresh-rows.ts';
import { MemoriError } from '../base/errors.ts';
import { type Person, sessionId, sessionOf } from '../base/namespace.ts';
import { maxQuestionLength, type Order } from '../base/question.ts';
import type { QueryLimits } from '../data/database.ts';
import type { Conversation } from './conversation.ts';
import { createLifecycle } from './create-lifecycle.ts';
import type { LifecycleDeps, Work } from './lifecycle-deps.ts';
import { personFacts } from './person-facts.ts';

/** What a conversation needs. */
export type ConversationDeps = Omit<LifecycleDeps, 'memories'> & {
  readonly answering: AnswerDeps;
  /** For the CSV. */
  readonly exportLimits: QueryLimits;
};

/** Answers of a thread that a follow-up may refer to. */
const rememberedAnswers = 10;

/** Questions left behind that are taken up at once; the rest follow when there is room. */
const takenUpAtOnce = 50;

/** What surfaces can do with questions and answers: each order has its work, and the lifecycle does the rest. */
export function createConversation(deps: ConversationDeps): Conversation {
  const { answering, inbox, answers, turns } = deps;
  const { clock, logger } = deps.ops;
  const { limits, memories } = answering;
  const lifecycle = createLifecycle({ ...deps, memories });

  function sourceNamed(name: string): Source {
    const source = answering.sources.find((candidate) => candidate.name === name);
    if (source) return source;
    throw new MemoriError('not_found', `There is no data source ${JSON.stringify(name)} any more.`, {
      details: { what: name },
    });
  }

  async function earlierAnswer(team: string, id: string): Promise<AnswerRecord> {
    const record = await answers.get(team, id);
    if (record) return record;
    throw new MemoriError('not_found', 'That answer is not kept any more.', { details: { what: 'that answer' } });
  }

  const workOf =
    (order: Order): Work =>
    async (question, run) => {
      const { person, place } = question;
      switch (order.kind) {
        case 'ask':
        case 'suggested': {
          const thread = await answers.thread(sessionId(person, place), rememberedAnswers);
          return answerQuestion(question, thread, answering, run);
        }
        case 'sql':
          return answerFromSql(order.sql, sourceNamed(order.dataSource), limits, run);
        case 'again': {
          const record = await earlierAnswer(person.team, order.answer);
          const answered = answeredIn(record);
          const source = sourceNamed(answered.dataSource);
          const fresh = await answerFromSql(answered.sql, source, limits, { ...run, fresh: true });
          void receive(record, 'again', memories);
          return withFreshRows(answered, fresh, source.today(), run);
        }
        case 'anyway': {
          const { sql, dataSource, writtenBy } = heldBackFor(await earlierAnswer(person.team, order.answer), person);
          const answered = await answerFromSql(sql, sourceNamed(dataSource), limits, { ...run, uncapped: true });
          return { ...answered, source: writtenBy === 'verified' ? 'sql' : writtenBy };
        }
      }
    };

  return {
    ask(arrival, surface) {
      const { text, order } = arrival;
      // What it means takes longest to work out: begun while the question is claimed.
      if (text.length <= maxQuestionLength) void answering.sources[0]?.meanings?.ofQuestion(text);
      return lifecycle.carryOut({ arrival, surface, work: workOf(order) });
    },
    async checkSql(sql, dataSource, asker) {
      const signal = AbortSignal.timeout(limits.timeoutMs);
      await check(sql, sourceNamed(dataSource), limits, { signal, person: personFacts(asker) });
    },
    checkAnyway: (record, person) => void heldBackFor(record, person),
    async rows(record, viewer = record.question) {
      const answered = answeredIn(record);
      // The answer has been given already, so its plan was let through then.
      const { signal } = new AbortController();
      const person = personFacts(viewer);
      const run: Run = { signal, person, locale: 'en', uncapped: true, progress: () => {}, spend: () => {} };
      return (await read(answered.sql, sourceNamed(answered.dataSource), deps.exportLimits, run)).result;
    },
    received: (record, reception) => receive(record, reception, memories),
    async takesPartIn(team, channel, thread) {
      const earlier = await answers.thread(sessionOf(team, channel, thread), 1);
      return earlier.length > 0 || (await inbox.isOpenIn(team, channel, thread));
    },
    stop: (session, { team, user }) => turns.stop(session, `${team}:${user}`),
    async recover(surfaceOf) {
      const left = await inbox.abandoned(clock.now(), Math.max(0, takenUpAtOnce - turns.counts.waiting));
      for (const leftBehind of left) {
        const { arrival, failures, crashes } = leftBehind;
        logger.warn('A question was left behind; answering it now.', { question: arrival.id, failures, crashes });
        // Each has its own time and its own failure.
        lifecycle
          .carryOut({ arrival, surface: surfaceOf(arrival), work: workOf(arrival.order), leftBehind })
          .catch((error: unknown) => logger.warn('A question could not be taken up.', { question: arrival.id, error }));
      }
      return left.length;
    },
    drain: (graceMs) => lifecycle.drain(graceMs),
  };
}

/** Errors: `not_allowed`, `not_found`. */
function heldBackFor(record: AnswerRecord, person: Person): HeldBack {
  const heldBack = heldBackIn(record);
  if (mayRunAnyway(person, record.question)) return heldBack;
  throw new MemoriError('not_allowed', 'Only an admin, or the person who asked in a direct message, runs that anyway.');
}

function answeredIn({ outcome }: AnswerRecord): Answered {
  if (outcome.status === 'answered') return outcome;
  throw new MemoriError('not_found', 'That message holds no answer that could be run again.', {
    details: { what: 'SQL' },
  });
}
