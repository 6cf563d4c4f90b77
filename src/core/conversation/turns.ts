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
  /** Called when the turn cannot start, or ask the model, at once. */
  readonly onWait: () => void;
};

/**
 * Does work that waits for somebody else, a model, on a place of another kind: meanwhile the turn's own place is free for
 * whoever needs no model. Such places are as many, and counted alike.
 */
export type OffPlace = <T>(work: () => Promise<T>) => Promise<T>;

/** `model`: waits for a model. Each kind has places of its own. */
type Kind = 'work' | 'model';
type Turn = TurnRequest & { readonly abort: AbortController };
type Waiting = { readonly turn: Turn; readonly kind: Kind; readonly start: () => void };

/** Who may run now. Fair: when a place is free, the person who runs least goes first; among equals, who waited longest. */
export interface Turns {
  /** Runs the work when it is its turn. Errors: `busy` when the queue is full, and whatever the work throws. */
  run<T>(request: TurnRequest, work: (signal: AbortSignal, offPlace: OffPlace) => Promise<T>): Promise<T>;
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
  /** Turns from their start to their end, whatever they wait for meanwhile. */
  const begun = new Set<Turn>();
  const places: Readonly<Record<Kind, Set<Turn>>> = { work: new Set(), model: new Set() };
  const waiting: Waiting[] = [];
  let draining = false;
  let onIdle: (() => void) | undefined;

  const placesOf = (person: string, kind: Kind): number =>
    [...places[kind]].filter((turn) => turn.person === person).length;
  const sessionIsFree = (turn: Turn): boolean =>
    begun.has(turn) || ![...begun].some(({ session }) => session === turn.session);
  const mayTake = ({ turn, kind }: Pick<Waiting, 'turn' | 'kind'>): boolean =>
    places[kind].size < limits.total && placesOf(turn.person, kind) < limits.perPerson && sessionIsFree(turn);

  const isFairer = (a: Waiting, b: Waiting): boolean =>
    placesOf(a.turn.person, a.kind) < placesOf(b.turn.person, b.kind);

  const changed = (): void => onChange(begun.size, waiting.filter(({ turn }) => !begun.has(turn)).length);

  /** Gives places to whoever may have one, fairest first, until nobody may. */
  const admit = (): void => {
    for (;;) {
      const next = waiting
        .filter(mayTake)
        .reduce<Waiting | undefined>((best, one) => (best && !isFairer(one, best) ? best : one), undefined);
      if (!next) break;
      waiting.splice(waiting.indexOf(next), 1);
      next.start();
    }
    changed();
    if (begun.size === 0 && waiting.length === 0) onIdle?.();
  };

  /** Waits for a place. Errors: `busy` for a turn that would be one too many to wait, `cancelled`. */
  const take = (turn: Turn, kind: Kind): Promise<void> =>
    new Promise((resolve, reject) => {
      const start = (): void => {
        begun.add(turn);
        places[kind].add(turn);
        resolve();
      };
      if (turn.abort.signal.aborted) return reject(stopped());
      const isFirst = !waiting.some((other) => other.kind === kind && other.turn.session === turn.session);
      if (isFirst && mayTake({ turn, kind })) return start();
      if (!begun.has(turn) && waiting.length >= limits.waiting) return reject(busy(waiting.length));
      const entry: Waiting = { turn, kind, start };
      waiting.push(entry);
      turn.abort.signal.addEventListener('abort', () => {
        if (!waiting.includes(entry)) return;
        waiting.splice(waiting.indexOf(entry), 1);
        reject(stopped());
      });
      turn.onWait();
    });

  const giveBack = (turn: Turn, kind: Kind): void => {
    places[kind].delete(turn);
    admit();
  };

  const offPlace =
    (turn: Turn): OffPlace =>
    async (work) => {
      giveBack(turn, 'work');
      await take(turn, 'model');
      try {
        return await work();
      } finally {
        giveBack(turn, 'model');
        await take(turn, 'work');
      }
    };

  return {
    async run(request, work) {
      if (draining) throw new MemoriError('busy', 'Memori is shutting down.', { next: 'Ask again in a minute.' });
      const turn: Turn = { ...request, abort: new AbortController() };
      try {
        await take(turn, 'work');
        changed();
        return await work(turn.abort.signal, offPlace(turn));
      } finally {
        begun.delete(turn);
        places.model.delete(turn);
        giveBack(turn, 'work');
      }
    },
    stop(session, person) {
      const turns = new Set(
        [...begun, ...waiting.map(({ turn }) => turn)].filter(
          (turn) => turn.session === session && turn.person === person,
        ),
      );
      for (const turn of turns) turn.abort.abort();
      return turns.size > 0;
    },
    async drain(graceMs) {
      draining = true;
      if (begun.size === 0 && waiting.length === 0) return;
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve;
      });
      const timer = setTimeout(() => {
        for (const turn of [...begun, ...waiting.map(({ turn }) => turn)]) turn.abort.abort();
      }, graceMs);
      await idle;
      clearTimeout(timer);
    },
    get counts() {
      return { running: begun.size, waiting: waiting.filter(({ turn }) => !begun.has(turn)).length };
    },
  };
}

const stopped = (): MemoriError => new MemoriError('cancelled', 'The question was stopped while it waited.');

const busy = (count: number): MemoriError =>
  new MemoriError('busy', `${count} questions are waiting already.`, {
    next: 'Ask again in a minute.',
    details: { waiting: count },
  });
