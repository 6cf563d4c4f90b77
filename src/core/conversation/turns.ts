import { MemoriError } from '../base/errors.ts';

/** Places are counted per person, so that one person's flood cannot push others aside. */
export type TurnLimits = {
  readonly total: number;
  readonly perPerson: number;
  /** Turns that may wait, all people together; the next one is refused with `busy`. */
  readonly waiting: number;
};

export type TurnRequest = {
  /** One turn at a time runs in a session; the next waits. */
  readonly session: string;
  /** `team:user`. */
  readonly person: string;
  /** Called once if the turn cannot start at once. */
  readonly onWait: () => void;
};

type Waiting = TurnRequest & { readonly start: () => void; readonly abort: AbortController };
type Running = { readonly session: string; readonly person: string; readonly abort: AbortController };

/** A turn that has begun. */
export type RunningTurn = {
  /** Aborted by a stop. */
  readonly signal: AbortSignal;
  /** Gives the place to the next. */
  leave(): void;
};

/** Who may run now. Fair: when a place is free, the person who runs least goes first; among equals, who waited longest. */
export interface Turns {
  /** Resolves when it is its turn. Errors: `busy` when the queue is full, `cancelled` when it was stopped while it waited. */
  enter(request: TurnRequest): Promise<RunningTurn>;
  /** Aborts what this person (`team:user`) has running or waiting in the session. False when nothing did. */
  stop(session: string, person: string): boolean;
  /** Refuses new turns and resolves when none runs any more, or aborts them after `graceMs`. */
  drain(graceMs: number): Promise<void>;
  readonly counts: { readonly running: number; readonly waiting: number };
}

export function createTurns(
  limits: TurnLimits,
  onChange: (running: number, waiting: number) => void = () => {},
): Turns {
  const running = new Set<Running>();
  const waiting: Waiting[] = [];
  let draining = false;
  let onIdle: (() => void) | undefined;

  const runsOf = (person: string): number => [...running].filter((run) => run.person === person).length;
  const mayRun = (request: TurnRequest): boolean =>
    running.size < limits.total &&
    runsOf(request.person) < limits.perPerson &&
    ![...running].some((run) => run.session === request.session);

  /** Starts whoever may run, fairest first, until nobody may. */
  const admit = (): void => {
    for (;;) {
      const next = waiting
        .filter(mayRun)
        .reduce<Waiting | undefined>(
          (best, turn) => (best && runsOf(best.person) <= runsOf(turn.person) ? best : turn),
          undefined,
        );
      if (!next) break;
      waiting.splice(waiting.indexOf(next), 1);
      next.start();
    }
    onChange(running.size, waiting.length);
    if (running.size === 0 && waiting.length === 0) onIdle?.();
  };

  const untilMyTurn = (request: TurnRequest, run: Running): Promise<void> =>
    new Promise((resolve, reject) => {
      const start = (): void => {
        running.add(run);
        resolve();
      };
      if (!waiting.some((turn) => turn.session === request.session) && mayRun(request)) return start();
      if (waiting.length >= limits.waiting) return reject(busy(waiting.length));
      const turn: Waiting = { ...request, start, abort: run.abort };
      waiting.push(turn);
      run.abort.signal.addEventListener('abort', () => {
        if (!waiting.includes(turn)) return;
        waiting.splice(waiting.indexOf(turn), 1);
        reject(new MemoriError('cancelled', 'The question was stopped while it waited.'));
      });
      request.onWait();
    });

  return {
    async enter(request) {
      if (draining) throw new MemoriError('busy', 'Memori is shutting down.', { next: 'Ask again in a minute.' });
      const run: Running = { session: request.session, person: request.person, abort: new AbortController() };
      await untilMyTurn(request, run).catch((error: unknown) => {
        admit();
        throw error;
      });
      onChange(running.size, waiting.length);
      return {
        signal: run.abort.signal,
        leave() {
          running.delete(run);
          admit();
        },
      };
    },
    stop(session, person) {
      const turns = [...running, ...waiting].filter((turn) => turn.session === session && turn.person === person);
      for (const turn of turns) turn.abort.abort();
      return turns.length > 0;
    },
    async drain(graceMs) {
      draining = true;
      if (running.size === 0 && waiting.length === 0) return;
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve;
      });
      const timer = setTimeout(() => {
        for (const turn of [...running, ...waiting]) turn.abort.abort();
      }, graceMs);
      await idle;
      clearTimeout(timer);
    },
    get counts() {
      return { running: running.size, waiting: waiting.length };
    },
  };
}

const busy = (count: number): MemoriError =>
  new MemoriError('busy', `${count} questions are waiting already.`, {
    next: 'Ask again in a minute.',
    details: { waiting: count },
  });
