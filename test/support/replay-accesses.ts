import { type Scope, scopeKey } from '../../src/core/base/namespace.ts';
import type { Memory } from '../../src/core/memory/memory.ts';
import { createInMemoryMemoryStore } from './in-memory-memory-store.ts';
import { channel, dm, memoryWorld, person } from './memory-world.ts';

const teams = ['T1', 'T2', 'T3'];
const users = ['U1', 'U2', 'U3', 'U4'];
const channels = ['C1', 'C2', 'C3'];
const threads = ['1.0', '2.0'];
/** A command is typed in none of them and sees them all. */
const placesInChannel = [...threads, ''];
const sources = ['shop', 'crm'];
/** Then everybody starts over, so that there is something to forget and something to learn. */
const perWorld = 10_000;
/** Accesses that are under way at the same time. */
const together = 4;

/** Mulberry32: the same accesses in every run, and quick to make. */
function dice(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T };
}

type Access = {
  readonly team: string;
  readonly user: string;
  readonly external: boolean;
  readonly where: string;
  readonly thread: string;
  readonly allowed: readonly string[];
};

/** The rules in words of their own, not those of the product. */
function maySee(memory: Memory, { team, user, external, where, thread, allowed }: Access): boolean {
  if (memory.team !== team) return false;
  const key = scopeKey(memory.scope);
  if (key.startsWith('user:')) return key === `user:${user}` && (where === 'dm' || memory.kind === 'preference');
  if (key.startsWith('workspace:')) return key === `workspace:${team}` && !external;
  if (key.startsWith('datasource:')) return allowed.some((name) => key === `datasource:${name}`);
  if (key.startsWith('thread:'))
    return thread === '' ? key.startsWith(`thread:${where}:`) : key === `thread:${where}:${thread}`;
  return where !== 'dm' && key === `channel:${where}`;
}

const everyScope = (team: string): Scope[] => [
  ...users.map((id) => ({ type: 'user', id }) as const),
  ...channels.flatMap((id) => [
    { type: 'channel', id } as const,
    ...placesInChannel.map((thread) => ({ type: 'thread', id: `${id}:${thread}` }) as const),
  ]),
  ...sources.map((id) => ({ type: 'datasource', id }) as const),
  { type: 'workspace', id: team },
];

export type Replayed = {
  readonly accesses: number;
  /** Memories that were shown, each compared with the rules. */
  readonly shown: number;
  /** Lists of which it was checked that nothing is missing either. */
  readonly complete: number;
  readonly done: Readonly<Record<string, number>>;
};

/**
 * Accesses of all kinds by people of several teams, in channels, threads and direct messages, with some data sources or
 * none, several at a time, writes among them. Throws at the first memory that is shown to someone it is not for, and at
 * the first change by someone who may not.
 */
export async function replayAccesses(accesses: number, seed: number): Promise<Replayed> {
  let store = createInMemoryMemoryStore();
  let world = memoryWorld({ store });
  const { next, pick } = dice(seed);
  let shown = 0;
  let complete = 0;
  const done = new Map<string, number>();
  for (let at = 0; at < accesses; at += together) {
    if (at % perWorld === 0) {
      store = createInMemoryMemoryStore();
      world = memoryWorld({ store });
    }
    const batch = Array.from({ length: Math.min(together, accesses - at) }, (_, n) => ({
      at: at + n,
      access: someAccess(),
      action: someAction(next()),
    }));
    const isQuiet = batch.every(({ action }) => action !== 'write');
    await Promise.all(batch.map((one) => perform(one.access, one.action, one.at, isQuiet)));
  }
  return {
    accesses: [...done.values()].reduce((sum, count) => sum + count, 0),
    shown,
    complete,
    done: Object.fromEntries(done),
  };

  function someAccess(): Access {
    return {
      team: pick(teams),
      user: pick(users),
      external: next() < 0.2,
      where: next() < 0.3 ? 'dm' : pick(channels),
      thread: pick(placesInChannel),
      allowed: sources.filter(() => next() < 0.5),
    };
  }

  async function perform(access: Access, action: Action, at: number, isQuiet: boolean): Promise<void> {
    const { memories, ask, tick, now } = world;
    const { who, place, viewer } = viewerOf(access);
    const check = (memory: Memory) => {
      shown += 1;
      if (!maySee(memory, access)) throw new Error(`leak: ${JSON.stringify({ access, memory })}`);
    };
    tick(10);
    done.set(action, (done.get(action) ?? 0) + 1);
    switch (action) {
      case 'list': {
        const listed = await memories.list(who, place, access.allowed);
        listed.forEach(check);
        if (at % 500 !== 0 || !isQuiet) return;
        const everything = await store.inScopes(access.team, everyScope(access.team), now());
        if (listed.length !== everything.filter((memory) => maySee(memory, access)).length)
          throw new Error('something is hidden');
        complete += 1;
        return;
      }
      case 'recall':
        for (const { memory } of await memories.recall(ask('what is the revenue', who, place), access.allowed))
          check(memory);
        return;
      case 'search':
        return (await memories.search('revenue fact', viewer)).forEach(check);
      case 'export': {
        const lines = (await memories.exportAll(viewer)).split('\n').filter(Boolean);
        return lines.map((line) => JSON.parse(line) as Memory).forEach(check);
      }
      case 'write':
        return write(access, at);
    }
  }

  /** Everything that changes memories, by people who may and by people who may not. */
  async function write(access: Access, at: number): Promise<void> {
    const { memories, teach, ask, tick, now } = world;
    const { who, place, viewer } = viewerOf(access);
    const all = await store.inScopes(access.team, everyScope(access.team), now());
    const any = all.length === 0 ? undefined : pick(all);
    const kind = pick(writes);
    tick();
    if (kind === 'teach') await teach(`remember that revenue fact ${at % 40} holds`, who, place);
    else if (kind === 'prefer') await teach(`I prefer revenue chart ${at % 10}`, who, place);
    else if (kind === 'remember') await memories.remember(ask(`revenue question ${at % 40}`, who, place), []);
    else if (kind === 'accept')
      await memories.received(
        { question: ask(`revenue question ${at % 40}`, who, place), sql: 'SELECT 1', used: [] },
        'good',
      );
    else if (kind === 'note')
      await memories.note([{ text: `revenue fact ${at % 40} was noted`, message: ask('x', who, place) }]);
    else if (kind === 'put' && any) {
      const scope = pick(everyScope(access.team).filter(({ type }) => !/^(?:user|channel)$/.test(type)));
      const id = `put-${scopeKey(scope)}-${at % 5}`.replace(/\W/g, '-');
      await store.put({ ...any, id, scope, kind: 'fact', term: undefined, supersedes: undefined, createdAt: now() });
    } else if (any) {
      const allowed =
        maySee(any, access) && (any.source.author === access.user || scopeKey(any.scope) === `user:${access.user}`);
      const wider = pick([
        { type: 'workspace', id: access.team },
        { type: 'datasource', id: 'shop' },
        { type: 'channel', id: pick(channels) },
      ] as const);
      const attempt =
        kind === 'forget'
          ? memories.forget(any.id, who, place, access.allowed)
          : kind === 'edit'
            ? memories.edit(any.id, `revenue fact ${at % 50} was changed`, viewer)
            : kind === 'pin'
              ? memories.pin(any.id, at % 2 === 0, viewer)
              : memories.share(any.id, wider, viewer);
      const succeeded = await attempt.then(
        () => true,
        () => false,
      );
      if (succeeded && !allowed) throw new Error(`${kind} by someone who may not: ${JSON.stringify({ access, any })}`);
    }
  }
}

type Action = 'list' | 'recall' | 'search' | 'export' | 'write';

const someAction = (roll: number): Action =>
  roll < 0.98 ? 'list' : roll < 0.985 ? 'recall' : roll < 0.987 ? 'search' : roll < 0.99 ? 'export' : 'write';

const writes = 'teach prefer remember accept note put forget forget forget forget edit pin share'.split(' ');

function viewerOf(access: Access) {
  const who = person(access.user, { team: access.team, external: access.external });
  const place = access.where === 'dm' ? dm(access.user) : channel(access.where, access.thread);
  return { who, place, viewer: { person: who, place, dataSources: access.allowed } };
}
