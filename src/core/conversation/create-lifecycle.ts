import type { AnswerRecord, AnswerStore } from '../answers/answer-store.ts';
import type { Expense, Outcome } from '../answers/outcome.ts';
import { judgeEarlier } from '../answers/reception.ts';
import type { Run } from '../answers/run.ts';
import type { AuditLog } from '../base/audit.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/metrics.ts';
import { sessionId } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import type { Memories } from '../memory/memories.ts';
import { localeOf } from '../texts/texts-for.ts';
import type { Failures } from './failures.ts';
import { heldBy, hold, isFresh, type Lease, leased } from './leased.ts';
import { personFacts } from './person-facts.ts';
import type { Reply } from './reply.ts';
import type { TurnStore } from './turn-store.ts';
import type { Turns } from './turns.ts';

export type LifecycleDeps = {
  readonly inbox: TurnStore;
  readonly answers: AnswerStore;
  readonly turns: Turns;
  readonly memories: Memories;
  readonly audit: AuditLog;
  readonly failures: Failures;
  readonly ops: { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };
  /** A new id for each attempt at a turn, for its lease. */
  attempt(): string;
};

/** What is done for one question once it is its turn. */
export type Work = (run: Run) => Promise<Outcome>;

/** The life of a question around its answer: claimed once, shown, kept, audited, remembered. */
export type Lifecycle = {
  /** Resolves when the outcome was shown; failures are shown, not thrown. Does nothing for a question claimed before. */
  begin(question: Question, reply: Reply, task: Work): Promise<void>;
  /** Takes up what an earlier process left behind, in the message it had begun. */
  resume(question: Question, reply: Reply, earlierReply: string | undefined, task: Work): Promise<void>;
  /** Lets what is open be answered for so long, then stops it; resolves when all is over. */
  drain(graceMs: number): Promise<void>;
};

export function createLifecycle(deps: LifecycleDeps): Lifecycle {
  const { inbox, answers, turns, memories, audit, failures } = deps;
  const { clock, logger, metrics } = deps.ops;
  /** Questions from their claim to the end of their answer. */
  const open = new Set<Promise<void>>();

  return {
    begin,
    resume: (question, reply, earlierReply, task) => tracked(resumed(question, reply, earlierReply, task)),
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

  /**
   * Claims first: whoever comes second with the same id (a retry, the same click twice) does nothing. When the store
   * itself fails, the person is told instead of left waiting; what was claimed is answered when the store is back.
   */
  async function begin(question: Question, reply: Reply, task: Work): Promise<void> {
    try {
      await tracked(claimed(question, reply, task));
    } catch (error) {
      await reply.finish(failures(error, question), { ms: 0, costMicroUsd: 0 }, question.id);
    }
  }

  async function claimed(question: Question, reply: Reply, task: Work): Promise<void> {
    const lease = leaseOf(question);
    const held = heldBy(lease.owner, clock);
    if (!(await inbox.claim(question, clock.now(), held))) return;
    // A store that took its time to say so may have let the lease end.
    if (isFresh(held, clock) || (await hold(lease))) await leased(lease, () => work(question, reply, undefined, task));
  }

  async function resumed(
    question: Question,
    reply: Reply,
    earlierReply: string | undefined,
    task: Work,
  ): Promise<void> {
    const lease = leaseOf(question);
    if (await hold(lease)) await leased(lease, () => work(question, reply, earlierReply, task));
  }

  function leaseOf({ id }: Question): Lease {
    return { inbox, clock, logger, id, owner: deps.attempt() };
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
    const started = clock.now().getTime();
    const unseen = new AbortController();
    const opening = opened(question, reply, earlierReply);
    // The answer is worked on while Slack shows the placeholder; for nobody to see, it is given up.
    const settling = settle(question, reply, task, unseen.signal);
    const replyTs = await opening.catch(async (error: unknown) => {
      unseen.abort();
      await settling;
      throw error;
    });
    const { outcome, costMicroUsd } = await settling;
    const expense: Expense = { ms: clock.now().getTime() - started, costMicroUsd };
    const keeping = keep({ id: question.id, question, outcome, replyTs, answeredAt: clock.now(), ...expense });
    await Promise.all([reply.finish(outcome, expense, question.id), keeping]);
    await afterwards(question, outcome, expense);
  }

  /** Shows the placeholder, and notes where it is for whoever takes the question up after a crash. */
  async function opened(question: Question, reply: Reply, earlierReply: string | undefined): Promise<string> {
    const replyTs = await reply.open(earlierReply);
    await inbox.replied(question.id, replyTs);
    return replyTs;
  }

  /** Waits for its turn, runs the task, and turns every failure into something to show. */
  async function settle(
    question: Question,
    reply: Reply,
    task: Work,
    unseen: AbortSignal,
  ): Promise<{ readonly outcome: Outcome; readonly costMicroUsd: number }> {
    let costMicroUsd = 0;
    const { person } = question;
    const request = {
      session: sessionOf(question),
      person: `${person.team}:${person.user}`,
      onWait: () => void reply.waiting().catch(noted('waiting')),
    };
    try {
      const outcome = await turns.run(request, (signal, offPlace) =>
        task({
          offPlace,
          signal: AbortSignal.any([signal, unseen]),
          asker: request.person,
          person: personFacts(question),
          locale: localeOf(question.text, person.locale),
          progress: (step) => reply.progress(step),
          spend: (microUsd) => {
            costMicroUsd += microUsd;
          },
        }),
      );
      return { outcome, costMicroUsd };
    } catch (error) {
      return { outcome: failures(error, question), costMicroUsd };
    }
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
    if (outcome.status !== 'answered' && outcome.status !== 'said') return;
    await memories.remember(question, used);
    await judgeEarlier(question, answers, memories).catch(noted('reception of the answer before'));
  }

  function noted(what: string): (error: unknown) => void {
    return (error) => logger.error(`The ${what} could not be written.`, { error });
  }
}

const sessionOf = (question: Question): string => sessionId(question.person, question.place);
