import { type AnswerDeps, answerQuestion } from '../answer.ts';
import type { AnswerRecord } from '../answers/answer-store.ts';
import { answerFromSql } from '../answers/from-sql.ts';
import { heldBackIn, mayRunAnyway } from '../answers/held-back.ts';
import type { Answered } from '../answers/outcome.ts';
import { check, read } from '../answers/read.ts';
import { receive } from '../answers/reception.ts';
import type { Run } from '../answers/run.ts';
import type { Source } from '../answers/source.ts';
import { withFreshRows } from '../answers/with-fresh-rows.ts';
import { MemoriError } from '../base/errors.ts';
import { sessionId } from '../base/namespace.ts';
import { maxQuestionLength, type Question } from '../base/question.ts';
import type { QueryLimits } from '../data/database.ts';
import type { Conversation } from './conversation.ts';
import { createLifecycle, type LifecycleDeps, type Work } from './create-lifecycle.ts';
import { personFacts } from './person-facts.ts';

export type ConversationDeps = Omit<LifecycleDeps, 'memories'> & {
  readonly answering: AnswerDeps;
  /** For the CSV. */
  readonly exportLimits: QueryLimits;
};

/** Answers of a thread that a follow-up may refer to. */
const rememberedAnswers = 10;

/** A question that brought the process down this often is not tried again. */
const maxAttempts = 3;

/** What surfaces can do with questions and answers: each is a task, and the lifecycle does the rest. */
export function createConversation(deps: ConversationDeps): Conversation {
  const { answering, inbox, answers, turns } = deps;
  const { clock, logger } = deps.ops;
  const lifecycle = createLifecycle({ ...deps, memories: answering.memories });

  const answerTask =
    (question: Question): Work =>
    async (run) =>
      answerQuestion(question, await answers.thread(sessionOf(question), rememberedAnswers), answering, run);

  function sourceNamed(name: string): Source {
    const source = answering.sources.find((candidate) => candidate.name === name);
    if (source) return source;
    throw new MemoriError('not_found', `There is no data source ${JSON.stringify(name)} any more.`, {
      details: { what: name },
    });
  }

  return {
    ask(question, reply) {
      // What it means takes longest to work out: begun while the question is claimed.
      if (question.text.length <= maxQuestionLength) void answering.sources[0]?.meanings?.ofQuestion(question.text);
      return lifecycle.begin(question, reply, answerTask(question));
    },
    async runSql(question, sql, dataSource, reply) {
      const source = sourceNamed(dataSource);
      const signal = AbortSignal.timeout(answering.limits.timeoutMs);
      await check(sql, source, answering.limits, { signal, person: personFacts(question) });
      await lifecycle.begin(question, reply, (run) => answerFromSql(sql, source, answering.limits, run));
    },
    async runAgain(record, question, reply) {
      const answered = answeredIn(record);
      const source = sourceNamed(answered.dataSource);
      await lifecycle.begin(question, reply, async (run) => {
        const fresh = await answerFromSql(answered.sql, source, answering.limits, { ...run, fresh: true });
        void receive(record, 'again', answering.memories);
        return withFreshRows(answered, fresh, source.today(), run);
      });
    },
    async runAnyway(record, question, reply) {
      const { sql, dataSource, writtenBy } = heldBackIn(record);
      if (!mayRunAnyway(question.person, record.question))
        throw new MemoriError(
          'not_allowed',
          'Only an admin, or the person who asked in a direct message, runs that anyway.',
        );
      const source = sourceNamed(dataSource);
      await lifecycle.begin(question, reply, async (run) => ({
        ...(await answerFromSql(sql, source, answering.limits, { ...run, uncapped: true })),
        source: writtenBy === 'verified' ? 'sql' : writtenBy,
      }));
    },
    async rows(record, viewer = record.question) {
      const answered = answeredIn(record);
      // The answer has been given already, so its plan was let through then.
      const { signal } = new AbortController();
      const person = personFacts(viewer);
      const run: Run = { signal, person, locale: 'en', uncapped: true, progress: () => {}, spend: () => {} };
      return (await read(answered.sql, sourceNamed(answered.dataSource), deps.exportLimits, run)).result;
    },
    received: (record, reception) => receive(record, reception, answering.memories),
    takesPartIn: async (session) => (await answers.thread(session, 1)).length > 0,
    stop: (session, { team, user }) => turns.stop(session, `${team}:${user}`),
    async recover(replyTo) {
      const abandoned = await inbox.abandoned(clock.now(), 100);
      for (const { question, replyTs, attempts } of abandoned) {
        logger.warn('A question was left behind by a stop or a crash; answering it now.', {
          question: question.id,
          attempts,
        });
        const task = attempts < maxAttempts ? answerTask(question) : giveUp;
        await lifecycle.resume(question, replyTo(question), replyTs, task);
      }
      return abandoned.length;
    },
    drain: (graceMs) => lifecycle.drain(graceMs),
  };
}

const giveUp: Work = async () => {
  throw new Error('The question failed three times.');
};

const sessionOf = (question: Question): string => sessionId(question.person, question.place);

function answeredIn({ outcome }: AnswerRecord): Answered {
  if (outcome.status === 'answered') return outcome;
  throw new MemoriError('not_found', 'That message holds no answer that could be run again.', {
    details: { what: 'SQL' },
  });
}
