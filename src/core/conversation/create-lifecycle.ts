import type { AnswerStore } from '../answers/answer-store.ts';
import type { Expense, Outcome } from '../answers/outcome.ts';
import { judgeEarlier } from '../answers/reception.ts';
import type { Run } from '../answers/run.ts';
import type { AuditLog } from '../base/audit.ts';
import type { Clock } from '../base/clock.ts';
import { throwIfAborted } from '../base/errors.ts';
import { keepLease, leaseUntil, takeLease } from '../base/lease.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/metrics.ts';
import { sessionId } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import type { Memories } from '../memory/memories.ts';
import { localeOf } from '../texts/texts-for.ts';
import type { Failures } from './failures.ts';
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
  /** A new id for each attempt at a question: it owns the lease, so that two attempts in one process exclude each other. */
  attempt(): string;
};

/** What is done for one question once it is its turn. */
export type Work = (run: Run) => Promise<Outcome>;

export type Asked = {
  readonly question: Question;
  readonly reply: Reply;
  readonly work: Work;
  /** Set when an earlier process left the question behind, with the message it had begun, if it had. */
  readonly leftBehind?: { readonly replyTs: string | undefined };
};

/** The life of a question around its answer: claimed once, shown, kept, audited, remembered. */
export type Lifecycle = {
  /** Resolves when the outcome was shown; failures are shown, not thrown. Does nothing for a question claimed before. */
  carryOut(asked: Asked): Promise<void>;
  /** Lets what is open be answered for so long, then stops it; resolves when all is over. */
  drain(graceMs: number): Promise<void>;
};

/** A question whose process is gone is taken over after this long. Milliseconds. */
const leaseMs = 30_000;

export function createLifecycle(deps: LifecycleDeps): Lifecycle {
  /** Questions from their claim to what follows their answer: a stop waits for all of that. */
  const open = new Set<Promise<void>>();
  return {
    carryOut(asked) {
      const life = carryOut(asked, deps).finally(() => open.delete(life));
      open.add(life);
      return life;
    },
    async drain(graceMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.allSettled(open), late]);
      clearTimeout(timer);
      await deps.turns.drain(0);
      await Promise.allSettled(open);
    },
  };
}

/**
 * One question, from its claim to what follows its answer. The answer is worked on while Slack shows the placeholder; for
 * nobody to see, it is given up. Whatever fails is shown, and what was not shown is done again by who finds it.
 */
async function carryOut(asked: Asked, deps: LifecycleDeps): Promise<void> {
  const { question, reply } = asked;
  const { clock } = deps.ops;
  const stop = new AbortController();
  const started = clock.now().getTime();
  try {
    const lease = await claim(asked, deps);
    if (lease === undefined) return;
    const answering = answer(asked, stop.signal, deps);
    try {
      const replyTs = await openReply(asked, deps);
      const { outcome, costMicroUsd } = await answering;
      const expense = { ms: clock.now().getTime() - started, costMicroUsd };
      const record = { id: question.id, question, outcome, replyTs, answeredAt: clock.now(), ...expense };
      await Promise.all([reply.finish(outcome, expense, question.id), keep(deps.answers.put(record), 'answer', deps)]);
      await afterwards(question, outcome, expense, deps);
      await keep(deps.inbox.finish(question.id, 'done', clock.now()), 'end of a question', deps);
    } finally {
      stop.abort();
      await answering;
      lease.stop();
    }
  } catch (error) {
    await reply.finish(deps.failures(error, question), { ms: 0, costMicroUsd: 0 }, question.id);
  }
}

/** Whoever comes second with the same id (a retry, the same click twice) has nothing to do. Errors: those of the store. */
async function claim({ question, leftBehind }: Asked, { inbox, attempt, ops }: LifecycleDeps) {
  const { clock, logger } = ops;
  const { id } = question;
  const owner = attempt();
  const renew = (until: Date) => inbox.lease(id, owner, until, clock.now());
  const options = { what: id, ms: leaseMs, clock, logger, renew };
  if (leftBehind) return takeLease(options);
  const until = leaseUntil(clock, leaseMs);
  if (!(await inbox.claim(question, clock.now(), { owner, until }))) return undefined;
  // A store that took its time to say so may have let the lease end.
  return until.getTime() - clock.now().getTime() > leaseMs / 2 ? keepLease(options) : takeLease(options);
}

/** Shows the placeholder, and notes where it is for whoever takes the question up after a crash. */
async function openReply({ question, reply, leftBehind }: Asked, { inbox }: LifecycleDeps): Promise<string> {
  const replyTs = await reply.open(leftBehind?.replyTs);
  await inbox.replied(question.id, replyTs);
  return replyTs;
}

type Answer = { readonly outcome: Outcome; readonly costMicroUsd: number };

/** Waits for its turn, does the work, and turns every failure into something to show. Never rejects. */
async function answer({ question, reply, work }: Asked, unseen: AbortSignal, deps: LifecycleDeps): Promise<Answer> {
  const { turns, failures } = deps;
  const { person, place, text } = question;
  const asker = `${person.team}:${person.user}`;
  const onWait = () => void keep(reply.waiting(), 'word that a question waits', deps);
  let costMicroUsd = 0;
  try {
    const turn = await turns.enter({ session: sessionId(person, place), person: asker, onWait });
    try {
      throwIfAborted(unseen);
      const outcome = await work({
        signal: AbortSignal.any([turn.signal, unseen]),
        asker,
        person: personFacts(question),
        locale: localeOf(text, person.locale),
        progress: (step) => reply.progress(step),
        spend: (microUsd) => {
          costMicroUsd += microUsd;
        },
      });
      return { outcome, costMicroUsd };
    } finally {
      turn.leave();
    }
  } catch (error) {
    return { outcome: failures(error, question), costMicroUsd };
  }
}

/** What nobody waits for. */
async function afterwards(question: Question, outcome: Outcome, expense: Expense, deps: LifecycleDeps): Promise<void> {
  const { answers, memories, audit, ops } = deps;
  const { person, place, id } = question;
  const source = outcome.status === 'answered' ? outcome.source : 'none';
  ops.metrics.count('memori_questions_total', { status: outcome.status, source });
  ops.metrics.observe('memori_answer_seconds', expense.ms / 1000, { source });
  const who = { team: person.team, user: person.user, channel: place.channel };
  const entry = { at: ops.clock.now(), ...who, action: 'question', target: id, result: outcome.status };
  await keep(audit.append(entry), 'audit', deps);
  const used = 'memories' in outcome ? outcome.memories.map((memory) => memory.id) : [];
  if (outcome.status !== 'answered' && outcome.status !== 'said') return;
  await keep(memories.remember(question, used), 'conversation', deps);
  await keep(judgeEarlier(question, answers, memories), 'reception of the answer before', deps);
}

/** What the person does not wait for: when it fails, they have their answer all the same, and the log says what is missing. */
async function keep(write: Promise<unknown>, what: string, { ops }: LifecycleDeps): Promise<void> {
  await write.catch((error: unknown) => ops.logger.error(`The ${what} could not be written.`, { error }));
}
