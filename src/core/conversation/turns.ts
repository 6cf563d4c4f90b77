import type { Clock } from '../base/clock.ts';
import { MemoriError, throwIfAborted } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { createBoardWriter } from './board-writer.ts';
import type { TurnBoard } from './turn-board.ts';
import {
  ahead,
  goOffPlace,
  join,
  leave,
  type QueuedTurn,
  stop,
  type TurnLimits,
  type TurnPart,
  type TurnQueue,
} from './turn-queue.ts';

/** A question that wants to run. */
export type TurnRequest = {
  /** Unique: a question that is taken up after a crash replaces itself. */
  readonly id: string;
  /** One turn at a time runs in a session; the next waits. */
  readonly session: string;
  /** `team:user`. */
  readonly person: string;
  /** Called once if the turn cannot start at once: how many come first, and how long that may take. */
  readonly onWait: (ahead: { readonly turns: number; readonly ms: number }) => void;
};

/** A turn that has begun. */
export type RunningTurn = {
  /** Aborted by a stop. */
  readonly signal: AbortSignal;
  /**
   * Waits for a model without holding up anybody who needs none: the turn's place is free meanwhile, and it waits for a
   * place among the calls of models before, and for one to go on after. Errors: as `enter`, and those of the call.
   */
  offPlace<T>(call: () => Promise<T>): Promise<T>;
  /** Gives the place to the next. */
  leave(): void;
};

/** Who may run now, over all instances that share a board. */
export interface Turns {
  /**
   * Resolves when it is its turn. Errors: `busy` when the queue is full or this instance shuts down, `cancelled` when it
   * was stopped while it waited, those of the board.
   */
  enter(request: TurnRequest): Promise<RunningTurn>;
  /** Ends what this person (`team:user`) has running or waiting in the session, on any instance. False when nothing did. */
  stop(session: string, person: string): Promise<boolean>;
  /** Sends away what waits here and refuses what comes. */
  close(): void;
  /** Aborts what runs here. */
  abort(): void;
  /** Of this instance. */
  readonly counts: { readonly running: number; readonly waiting: number };
}

/** What the turns of an instance need. */
export type TurnsOptions = {
  readonly limits: TurnLimits;
  readonly board: TurnBoard;
  /** This process, unlike any other. */
  readonly instance: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onChange?: (running: number, waiting: number) => void;
};

/** A turn of this instance. */
type Own = TurnRequest & {
  readonly part: TurnPart | undefined;
  isOffPlace: boolean;
  readonly abort: AbortController;
  isRunning: boolean;
  begin(): void;
  sendAway(error: MemoriError): void;
};

/** How often a shared board is looked at: for a place that is free, and for a stop. Milliseconds. */
const lookEveryMs = { waiting: 100, running: 400 };
/** Places of an instance that is gone are free after this long. Milliseconds. */
const leaseMs = 20_000;
const forever = Number.MAX_SAFE_INTEGER;

/** Creates the turns of this instance over a board that instances may share. */
export function createTurns({ limits, board, instance, clock, logger, onChange }: TurnsOptions): Turns {
  const own = new Map<string, Own>();
  const writer = createBoardWriter(board, limits, clock, follow);
  const until = (): number => (board.isShared ? clock.now().getTime() + leaseMs : forever);
  let isLooking = false;
  let isClosed = false;

  /** Carries out what the board says of the turns of this instance. */
  function follow(queue: TurnQueue): void {
    for (const { id, isRunning, isStopped } of queue.turns) {
      const turn = own.get(id);
      if (turn === undefined) continue;
      if (isStopped) end(turn);
      else if (isRunning && !turn.isRunning) turn.begin();
    }
    tell();
  }

  /** Questions, however many parts they are in. */
  function counts(): Turns['counts'] {
    const turns = [...own.values()].filter(({ part }) => part === undefined);
    const running = turns.filter(({ isRunning }) => isRunning).length;
    return { running, waiting: turns.length - running };
  }

  function end(turn: Own): void {
    if (turn.isRunning) turn.abort.abort();
    const waiting = [...own.values()].filter(({ id, isRunning }) => !isRunning && id.startsWith(turn.id));
    for (const one of waiting) one.sendAway(new MemoriError('cancelled', 'The question was stopped while it waited.'));
  }

  function tell(): void {
    const { running, waiting } = counts();
    onChange?.(running, waiting);
    if (own.size === 0 || !board.isShared || isLooking) return;
    isLooking = true;
    const isWaiting = [...own.values()].some((turn) => !turn.isRunning);
    setTimeout(look, lookEveryMs[isWaiting ? 'waiting' : 'running']);
  }

  /** Goes on for as long as there is something here. */
  async function look(): Promise<void> {
    await writer.refresh(renewed).catch(notWritten);
    isLooking = false;
    tell();
  }

  /** Keeps the places of this instance alive; a place that was lost meanwhile, as after a long pause, is taken again. */
  function renewed(queue: TurnQueue): TurnQueue {
    const old = clock.now().getTime() + leaseMs / 2;
    const listed = new Map(queue.turns.map((turn) => [turn.id, turn]));
    const lost = [...own.values()].filter(({ id }) => !listed.has(id)).map(queued);
    const isOld = queue.turns.some((turn) => own.has(turn.id) && turn.until < old);
    if (lost.length === 0 && !isOld) return queue;
    const kept = queue.turns.map((turn) => (own.has(turn.id) ? { ...turn, instance, until: until() } : turn));
    return { ...queue, turns: [...kept, ...lost] };
  }

  const queued = ({ id, session, person, isRunning, isOffPlace, part }: Own): QueuedTurn => {
    const since = clock.now().getTime();
    return {
      ...{ id, session, person, instance, isRunning, since, until: until() },
      ...(isOffPlace ? { isOffPlace: true } : {}),
      ...(part === undefined ? {} : { part }),
    };
  };

  const notWritten = (error: unknown): void => void logger.warn('The board of turns could not be written.', { error });

  /** Joins the queue and waits until it is its turn. */
  async function begin(request: TurnRequest, part: TurnPart | undefined): Promise<Own> {
    if (isClosed && part === undefined) throw shuttingDown();
    const state = { abort: new AbortController(), isRunning: false, isOffPlace: false, part };
    const turn: Own = { ...request, ...state, begin() {}, sendAway() {} };
    const begun = new Promise<void>((resolve, reject) => {
      turn.begin = () => {
        turn.isRunning = true;
        resolve();
      };
      turn.sendAway = reject;
    });
    own.set(turn.id, turn);
    try {
      const queue = await Promise.race([begun, writer.write((before) => join(before, queued(turn), limits))]);
      if (queue && !turn.isRunning) turn.onWait(ahead(queue, turn.id, limits));
      await begun;
      return turn;
    } catch (error) {
      takeOff(turn.id);
      throw error;
    }
  }

  async function leavePlace(turn: Own): Promise<void> {
    if (turn.isOffPlace) return;
    turn.isOffPlace = true;
    await writer.write((queue) => goOffPlace(queue, turn.id));
  }

  function takeOff(id: string): void {
    own.delete(id);
    void writer.write((queue) => leave(queue, id, clock.now().getTime())).catch(notWritten);
    tell();
  }

  return {
    async enter(request) {
      const turn = await begin(request, undefined);
      const parts: Own[] = [];
      return {
        signal: turn.abort.signal,
        async offPlace(call) {
          for (const part of parts.splice(0)) takeOff(part.id);
          await leavePlace(turn);
          throwIfAborted(turn.abort.signal);
          const calling = await begin({ ...request, id: `${request.id}/model` }, 'model');
          try {
            return await call();
          } finally {
            takeOff(calling.id);
            parts.push(await begin({ ...request, id: `${request.id}/work` }, 'work'));
          }
        },
        leave() {
          for (const { id } of [...parts, turn]) takeOff(id);
        },
      };
    },
    async stop(session, person) {
      const isTheirs = (turn: QueuedTurn): boolean => turn.session === session && turn.person === person;
      const queue = await writer.refresh((before) =>
        before.turns.some(isTheirs) ? stop(before, session, person) : before,
      );
      return queue.turns.some(isTheirs);
    },
    close() {
      isClosed = true;
      for (const turn of own.values()) if (!turn.isRunning) turn.sendAway(shuttingDown());
    },
    abort() {
      for (const turn of own.values()) turn.abort.abort();
    },
    get counts() {
      return counts();
    },
  };
}

const shuttingDown = (): MemoriError =>
  new MemoriError('busy', 'Memori is shutting down.', { next: 'Ask again in a minute.' });
