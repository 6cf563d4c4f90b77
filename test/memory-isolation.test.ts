import { describe, expect, it } from '@jest/globals';
import type { Memory } from '../src/core/memory/memory.ts';
import { type Scope, scopeKey } from '../src/core/namespace.ts';
import { createInMemoryMemoryStore } from './support/in-memory-memory-store.ts';
import { channel, dm, memoryWorld, person } from './support/memory-world.ts';

const teams = ['T1', 'T2', 'T3'];
const users = ['U1', 'U2', 'U3', 'U4'];
const channels = ['C1', 'C2', 'C3'];
const threads = ['1.0', '2.0'];
const sources = ['shop', 'crm'];
/** Then everybody begins anew, so that there is something to forget and something to learn. */
const perWorld = 10_000;
const accesses = 1_000_000;

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
  if (key.startsWith('thread:')) return key === `thread:${where}:${thread}`;
  return where !== 'dm' && key === `channel:${where}`;
}

const everyScope = (team: string): Scope[] => [
  ...users.map((id) => ({ type: 'user', id }) as const),
  ...channels.flatMap((id) => [
    { type: 'channel', id } as const,
    ...threads.map((thread) => ({ type: 'thread', id: `${id}:${thread}` }) as const),
  ]),
  ...sources.map((id) => ({ type: 'datasource', id }) as const),
  { type: 'workspace', id: team },
];

describe('who sees what', () => {
  it('shows no memory to anyone it is not for, in a million accesses of all kinds, interleaved', async () => {
    let store = createInMemoryMemoryStore();
    let world = memoryWorld({ store });
    const { next, pick } = dice(20_260_302);
    let shown = 0;
    let compared = 0;
    const done = new Map<string, number>();
    const anyOf = async (team: string): Promise<Memory | undefined> => {
      const all = await store.inScopes(team, everyScope(team), world.now());
      return all.length === 0 ? undefined : pick(all);
    };
    for (let at = 0; at < accesses; at += 1) {
      if (at % perWorld === 0) {
        store = createInMemoryMemoryStore();
        world = memoryWorld({ store });
      }
      const { memories, ask, tick, now } = world;
      const access: Access = {
        team: pick(teams),
        user: pick(users),
        external: next() < 0.2,
        where: next() < 0.3 ? 'dm' : pick(channels),
        thread: pick(threads),
        allowed: sources.filter(() => next() < 0.5),
      };
      const who = person(access.user, { team: access.team, external: access.external });
      const place = access.where === 'dm' ? dm(access.user) : channel(access.where, access.thread);
      const viewer = { person: who, place, dataSources: access.allowed };
      const check = (memory: Memory) => {
        shown += 1;
        if (!maySee(memory, access)) throw new Error(`leak: ${JSON.stringify({ access, memory })}`);
      };
      tick(10);
      const roll = next();
      const action =
        roll < 0.98 ? 'list' : roll < 0.985 ? 'recall' : roll < 0.987 ? 'search' : roll < 0.99 ? 'export' : 'write';
      done.set(action, (done.get(action) ?? 0) + 1);
      if (action === 'list') {
        const listed = await memories.list(who, place, access.allowed);
        listed.forEach(check);
        if (at % 500 === 0) {
          const everything = await store.inScopes(access.team, everyScope(access.team), now());
          if (listed.length !== everything.filter((memory) => maySee(memory, access)).length)
            throw new Error('something is hidden');
          compared += 1;
        }
      } else if (action === 'recall') {
        for (const { memory } of await memories.recall(ask('what is the revenue', who, place), access.allowed))
          check(memory);
      } else if (action === 'search') for (const memory of await memories.search('revenue fact', viewer)) check(memory);
      else if (action === 'export') {
        const lines = (await memories.exportAll(viewer)).split('\n').filter(Boolean);
        for (const line of lines) check(JSON.parse(line) as Memory);
      } else await write(access, at);
    }
    expect([...done.values()].reduce((sum, count) => sum + count, 0)).toBe(accesses);
    expect(shown).toBeGreaterThan(accesses);
    expect(compared).toBeGreaterThan(500);

    /** Everything that changes memories, by people who may and by people who may not. */
    async function write(access: Access, at: number): Promise<void> {
      const { memories, teach, ask, tick, now } = world;
      const who = person(access.user, { team: access.team, external: access.external });
      const place = access.where === 'dm' ? dm(access.user) : channel(access.where, access.thread);
      const viewer = { person: who, place, dataSources: access.allowed };
      const any = await anyOf(access.team);
      const kind = pick(['teach', 'prefer', 'remember', 'put', 'forget', 'forget', 'forget', 'edit', 'pin', 'share']);
      tick();
      if (kind === 'teach') await teach(`remember that revenue fact ${at % 40} holds`, who, place);
      else if (kind === 'prefer') await teach(`I prefer revenue chart ${at % 10}`, who, place);
      else if (kind === 'remember') await memories.remember(ask(`revenue question ${at % 40}`, who, place), []);
      else if (kind === 'put' && any) {
        const scope = pick(everyScope(access.team).filter(({ type }) => !/^(?:user|channel)$/.test(type)));
        const id = `put-${scopeKey(scope)}-${at % 5}`.replace(/\W/g, '-');
        await store.put({ ...any, id, scope, kind: 'fact', term: undefined, supersedes: undefined, createdAt: now() });
      } else if (any) {
        const allowed =
          maySee(any, access) && (any.source.author === access.user || scopeKey(any.scope) === `user:${access.user}`);
        const attempt =
          kind === 'forget'
            ? memories.forget(any.id, who, place, access.allowed)
            : kind === 'edit'
              ? memories.edit(any.id, `revenue fact ${at % 50} was changed`, viewer)
              : kind === 'pin'
                ? memories.pin(any.id, at % 2 === 0, viewer)
                : memories.share(any.id, { type: 'workspace', id: access.team }, viewer);
        const succeeded = await attempt.then(
          () => true,
          () => false,
        );
        if (succeeded && !allowed)
          throw new Error(`${kind} by someone who may not: ${JSON.stringify({ access, any })}`);
      }
    }
  }, 120_000);

  it.each([
    { $ne: null },
    { $gt: '' },
    { $regex: '.*' },
    { $where: 'sleep(1000)' },
    { $in: ['a', 'b'] },
    { $exists: true },
    { toString: () => 'x' },
    ['a'],
    [],
    0,
    true,
    null,
    undefined,
    '{"$ne":null}',
    "'; return true; var x='",
    '$where',
    '../../x',
    '*',
    '',
    'a\u0000b',
    'x'.repeat(5_000),
  ] as readonly unknown[])('an operator is no id: %j', async (value) => {
    const { memories, teach } = memoryWorld();
    const ana = person('UANA');
    const place = channel('C1');
    await teach('remember that revenue excludes tax', ana, place);
    const id = value as string;
    const viewer = { person: ana, place, dataSources: [] };
    for (const attempt of [
      () => memories.forget(id, ana, place, []),
      () => memories.edit(id, 'other words', viewer),
      () => memories.pin(id, true, viewer),
      () => memories.share(id, { type: 'workspace', id: 'T1' }, viewer),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: expect.stringMatching(/^(?:invalid_input|not_found)$/) });
    expect(await memories.list(ana, place, [])).toMatchObject([{ text: 'revenue excludes tax' }]);
  });
});
