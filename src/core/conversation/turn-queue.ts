import { MemoriError } from '../base/errors.ts';

/** For all instances together. Places are counted per person, so that one person's flood cannot push others aside. */
export type TurnLimits = {
  readonly total: number;
  readonly perPerson: number;
  /** Turns that may wait, all people together; the next one is refused with `busy`. */
  readonly waiting: number;
};

/** A turn that runs or waits somewhere. Times are milliseconds since 1970. */
export type QueuedTurn = {
  readonly id: string;
  /** One turn at a time runs in a session; the next waits. */
  readonly session: string;
  /** `team:user`. */
  readonly person: string;
  readonly instance: string;
  readonly isRunning: boolean;
  /** It has begun, and its place is free: its parts hold places of their own. */
  readonly isOffPlace?: true;
  /** What a turn off its place is doing: waiting for a model, or its own work again. */
  readonly part?: TurnPart;
  /** Since when it waits, or runs. */
  readonly since: number;
  /** Its place is free from then on: the instance that had it is gone. */
  readonly until: number;
  /** Somebody pressed Stop; the instance that has it ends it. */
  readonly isStopped?: true;
};

/** `model` has places of its own, as many as there are for work, so that a slow model holds up nobody who needs none. */
export type TurnPart = 'model' | 'work';

/** Everything that runs or waits, on all instances. Plain data, replaced as a whole: `revision` decides between two writers. */
export type TurnQueue = {
  readonly revision: number;
  readonly turns: readonly QueuedTurn[];
  /** Who was given a place when, for the round robin: people who have something here, last served last. */
  readonly served: readonly string[];
  /** How long a turn takes, milliseconds, recent ones weighing more. */
  readonly meanMs: number;
};

/** A queue without turns. */
export const emptyQueue: TurnQueue = { revision: 0, turns: [], served: [], meanMs: 2_000 };

/** Puts a turn at the end of the queue, in place of an earlier one with its id. Errors: `busy` when the queue is full. */
export function join(queue: TurnQueue, turn: QueuedTurn, limits: TurnLimits): TurnQueue {
  const others = queue.turns.filter(({ id }) => id !== turn.id);
  const joined = { ...queue, turns: [...others, turn] };
  const waiting = others.filter(({ isRunning }) => !isRunning).length;
  const isNew = turn.part === undefined;
  if (isNew && waiting >= limits.waiting && !mayRun(turn, joined, limits))
    throw busy(waiting, waitOf(waiting, queue, limits));
  return joined;
}

/** Frees the place of a turn that goes on elsewhere. */
export const goOffPlace = (queue: TurnQueue, id: string): TurnQueue => ({
  ...queue,
  turns: queue.turns.map((turn) => (turn.id === id ? { ...turn, isOffPlace: true } : turn)),
});

/** Removes a turn and includes its duration in the mean. */
export function leave(queue: TurnQueue, id: string, now: number): TurnQueue {
  const turn = queue.turns.find((one) => one.id === id);
  if (turn === undefined) return queue;
  const meanMs = turn.isRunning ? Math.round(0.9 * queue.meanMs + 0.1 * (now - turn.since)) : queue.meanMs;
  return { ...queue, meanMs, turns: queue.turns.filter((one) => one !== turn) };
}

/** Marks what this person has running or waiting in the session. */
export const stop = (queue: TurnQueue, session: string, person: string): TurnQueue => ({
  ...queue,
  turns: queue.turns.map((turn) =>
    turn.session === session && turn.person === person ? { ...turn, isStopped: true } : turn,
  ),
});

/**
 * Frees the places of instances that are gone and fills what is free, fairest first: who runs least, then who was served
 * longest ago, then who waited longest. The same queue when there is nothing to do.
 */
export function admit(queue: TurnQueue, limits: TurnLimits, now: number): TurnQueue {
  const alive = queue.turns.filter(({ until }) => until > now);
  let next = alive.length === queue.turns.length ? queue : { ...queue, turns: alive };
  for (;;) {
    const turn = fairest(next, limits);
    if (turn === undefined) break;
    const turns = next.turns.map((one) => (one === turn ? { ...turn, isRunning: true, since: now } : one));
    next = { ...next, turns, served: [...next.served.filter((person) => person !== turn.person), turn.person] };
  }
  if (next === queue) return queue;
  const here = new Set(next.turns.map(({ person }) => person));
  return { ...next, served: next.served.filter((person) => here.has(person)) };
}

/** Turns that come before this one, and how long that takes, milliseconds. */
export function ahead(
  queue: TurnQueue,
  id: string,
  limits: TurnLimits,
): { readonly turns: number; readonly ms: number } {
  const at = queue.turns.findIndex((turn) => turn.id === id);
  const { session } = queue.turns[at] ?? {};
  const before = queue.turns.slice(0, Math.max(0, at)).filter((turn) => !turn.isRunning || turn.session === session);
  return { turns: before.length, ms: waitOf(before.length, queue, limits) };
}

const waitOf = (turns: number, { meanMs }: TurnQueue, { total }: TurnLimits): number =>
  Math.ceil((turns + 1) / total) * meanMs;

function fairest(queue: TurnQueue, limits: TurnLimits): QueuedTurn | undefined {
  const rank = ({ person }: QueuedTurn): number => runsOf(person, queue) * 1e6 + queue.served.indexOf(person);
  return queue.turns
    .filter((turn) => !turn.isRunning && !turn.isStopped && mayRun(turn, queue, limits))
    .reduce<QueuedTurn | undefined>((best, turn) => (best && rank(best) <= rank(turn) ? best : turn), undefined);
}

/** There is a place for it, and nothing of its session runs or waits before it. */
function mayRun(turn: QueuedTurn, queue: TurnQueue, limits: TurnLimits): boolean {
  const held = queue.turns.filter((other) => holdsPlaceLike(turn, other));
  const hasPlace =
    held.length < limits.total && held.filter(({ person }) => person === turn.person).length < limits.perPerson;
  if (turn.part !== undefined) return hasPlace;
  const ofSession = queue.turns.filter(({ session, part }) => session === turn.session && part === undefined);
  return (
    hasPlace &&
    !ofSession.some(({ isRunning }) => isRunning) &&
    ofSession.find(({ isStopped }) => !isStopped)?.id === turn.id
  );
}

const holdsPlaceLike = (turn: QueuedTurn, other: QueuedTurn): boolean =>
  other.isRunning && !other.isOffPlace && (other.part === 'model') === (turn.part === 'model');

const runsOf = (person: string, { turns }: TurnQueue): number =>
  turns.filter((turn) => turn.isRunning && !turn.isOffPlace && turn.person === person).length;

const busy = (waiting: number, ms: number): MemoriError =>
  new MemoriError('busy', `${waiting} questions are waiting already.`, {
    next: 'Ask again in a minute.',
    details: { waiting, seconds: Math.ceil(ms / 1000) },
  });
