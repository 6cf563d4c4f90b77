import type { Alerts } from './alerts.ts';
import { type AnswerDeps, answerQuestion } from './answer.ts';
import { answerFromSql } from './answers/from-sql.ts';
import { check, read } from './answers/read.ts';
import { retold } from './answers/retold.ts';
import type { AuditLog } from './audit.ts';
import type { Clock } from './clock.ts';
import type { Conversation } from './conversation.ts';
import { MemoriError } from './errors.ts';
import { leased } from './leased.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { sessionId } from './namespace.ts';
import type { Answered, Expense, Outcome } from './outcome.ts';
import { outcomeOf } from './outcome-of-error.ts';
import type { Question } from './question.ts';
import type { Reply } from './reply.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';
import type { QueryLimits } from './sql/database.ts';
import { localeOf } from './texts/texts-for.ts';
import type { Turns } from './turns.ts';
import type { AnswerRecord, AnswerStore, TurnStore } from './turns-store.ts';

export type ConversationDeps = {
  readonly answering: AnswerDeps;
  /** For the CSV. */
  readonly exportLimits: QueryLimits;
  readonly inbox: TurnStore;
  readonly answers: AnswerStore;
  readonly turns: Turns;
  readonly audit: AuditLog;
  readonly alerts: Alerts;
  readonly ops: { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };
  /** Makes ids: of an attempt at a turn, for its lease; and of a failure, for a person to quote. */
  readonly identity: { attempt(): string; reference(): string };
};

/** Rows of a thread that a follow-up may refer to. */
const rememberedAnswers = 10;

/** A question that brought the process down this often is not tried again. */
const maxAttempts = 3;

/** What is done for one question once it is its turn. */
type Work = (run: Run) => Promise<Outcome>;

/** The life of a question around its answer: claimed once, shown, kept, audited, remembered. */
export function createConversation(deps: ConversationDeps): Conversation {
  const { answering, inbox, answers, turns, audit, alerts, identity } = deps;
  const { clock, logger, metrics } = deps.ops;
  /** Questions from their claim to the end of their answer. */
  const open = new Set<Promise<void>>();

  const conversation: Conversation = {
    async ask(question, reply) {
      await begin(question, reply, async (run) =>
        answerQuestion(question, await answers.thread(sessionOf(question), rememberedAnswers), answering, run),
      );
    },
    async runSql(question, sql, dataSource, reply) {
      const source = sourceNamed(dataSource);
      await check(sql, source, answering.limits, AbortSignal.timeout(answering.limits.timeoutMs));
      await begin(question, reply, (run) => answerFromSql(sql, source, answering.limits, run));
    },
    async runAgain(record, question, reply) {
      const answered = answeredIn(record);
      await begin(question, reply, async (run) =>
        retold(
          answered,
          await answerFromSql(answered.sql, sourceNamed(answered.dataSource), answering.limits, run),
          run,
        ),
      );
    },
    async rows(record) {
      const answered = answeredIn(record);
      const run: Run = { signal: new AbortController().signal, locale: 'en', progress: () => {}, spend: () => {} };
      return (await read(answered.sql, sourceNamed(answered.dataSource), deps.exportLimits, run)).result;
    },
    takesPartIn: async (session) => (await answers.thread(session, 1)).length > 0,
    stop: (session) => turns.stop(session),
    async recover(replyTo) {
      const abandoned = await inbox.abandoned(clock.now(), 100);
      for (const { question, replyTs, attempts } of abandoned) {
        logger.warn('A question was left behind by a stop or a crash; answering it now.', {
          question: question.id,
          attempts,
        });
        await tracked(work(question, replyTo(question), replyTs, attempts < maxAttempts ? taskOf(question) : giveUp));
      }
      return abandoned.length;
    },
    async drain(graceMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled(open), late]);
      clearTimeout(timer);
      await turns.drain(0);
      await Promise.allSettled(open);
    },
  };
  return conversation;

  /**
   * Claims first: whoever comes second with the same id (a retry, the same click twice) does nothing. When the store
   * itself fails, the person is told instead of left waiting; what was claimed is answered when the store is back.
   */
  async function begin(question: Question, reply: Reply, task: Work): Promise<void> {
    try {
      await tracked(claimed(question, reply, task));
    } catch (error) {
      await reply.finish(failed(error, question), { ms: 0, costMicroUsd: 0 }, question.id);
    }
  }

  async function claimed(question: Question, reply: Reply, task: Work): Promise<void> {
    if (await inbox.claim(question, clock.now())) await work(question, reply, undefined, task);
  }

  /** Turns end with their outcome; the person has the answer a little later, and a stop waits for that. */
  async function tracked(work: Promise<void>): Promise<void> {
    open.add(work);
    try {
      await work;
    } finally {
      open.delete(work);
    }
  }

  async function work(question: Question, reply: Reply, earlierReply: string | undefined, task: Work): Promise<void> {
    await leased({ inbox, clock, owner: identity.attempt(), id: question.id, logger }, async () => {
      const started = clock.now().getTime();
      const replyTs = await reply.open(earlierReply);
      await inbox.replied(question.id, replyTs);
      const { outcome, costMicroUsd } = await settle(question, reply, task);
      const expense: Expense = { ms: clock.now().getTime() - started, costMicroUsd };
      await keep({ id: question.id, question, outcome, replyTs, answeredAt: clock.now(), ...expense });
      await reply.finish(outcome, expense, question.id);
      await afterwards(question, outcome, expense);
    });
  }

  /** Waits for its turn, runs the task, and turns every failure into something to show. */
  async function settle(
    question: Question,
    reply: Reply,
    task: Work,
  ): Promise<{ readonly outcome: Outcome; readonly costMicroUsd: number }> {
    let costMicroUsd = 0;
    const { person } = question;
    const request = {
      session: sessionOf(question),
      person: `${person.team}:${person.user}`,
      onWait: () => void reply.waiting().catch(noted('waiting')),
    };
    try {
      const outcome = await turns.run(request, (signal) =>
        task({
          signal,
          locale: localeOf(question.text, person.locale),
          progress: (step) => reply.progress(step),
          spend: (microUsd) => {
            costMicroUsd += microUsd;
          },
        }),
      );
      return { outcome, costMicroUsd };
    } catch (error) {
      return { outcome: failed(error, question), costMicroUsd };
    }
  }

  function failed(error: unknown, question: Question): Outcome {
    const sql = error instanceof MemoriError && typeof error.details.sql === 'string' ? error.details.sql : undefined;
    const outcome = outcomeOf(error, sql, localeOf(question.text, question.person.locale), identity.reference);
    if (outcome.status === 'error') report(error, outcome.reference, question);
    return outcome;
  }

  function report(error: unknown, reference: string | undefined, question: Question): void {
    const code = error instanceof MemoriError ? error.code : 'internal';
    logger.error('A question failed.', { code, reference, question: question.id, error });
    if (code === 'cancelled' || code === 'query_timeout' || code === 'query_failed') return;
    metrics.count('memori_alerts_total', { code });
    const detail =
      error instanceof MemoriError
        ? error.message
        : 'A question failed for a reason that nobody expected; the log has the details.';
    void alerts
      .raise({ key: `question:${code}`, title: `A question failed: ${code}`, detail, reference })
      .catch(noted('alert'));
  }

  /** A record that cannot be kept costs the buttons of this answer, not the answer. */
  async function keep(record: AnswerRecord): Promise<void> {
    await answers.put(record).catch(noted('answer record'));
  }

  /** What nobody waits for. */
  async function afterwards(question: Question, outcome: Outcome, expense: Expense): Promise<void> {
    const { person, place } = question;
    const source = outcome.status === 'answered' ? outcome.source : 'none';
    metrics.count('memori_questions_total', { status: outcome.status, source });
    metrics.observe('memori_answer_seconds', expense.ms / 1000, { source });
    await audit
      .append({
        at: clock.now(),
        team: person.team,
        user: person.user,
        channel: place.channel,
        action: 'question',
        target: question.id,
        result: outcome.status,
      })
      .catch(noted('audit'));
    const used = 'memories' in outcome ? outcome.memories.map(({ id }) => id) : [];
    if (outcome.status === 'answered') await answering.memories.remember(question, used);
  }

  function noted(what: string): (error: unknown) => void {
    return (error) => logger.error(`The ${what} could not be written.`, { error });
  }

  function taskOf(question: Question): Work {
    return async (run) =>
      answerQuestion(question, await answers.thread(sessionOf(question), rememberedAnswers), answering, run);
  }

  function sourceNamed(name: string): Source {
    const source = answering.sources.find((candidate) => candidate.name === name);
    if (source) return source;
    throw new MemoriError('not_found', `There is no data source ${JSON.stringify(name)} any more.`, {
      details: { what: name },
    });
  }
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
