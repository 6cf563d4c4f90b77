import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbedded } from '../src/adapters/embedded/open-embedded.ts';
import { openMongoDb } from '../src/adapters/mongodb/open-mongodb.ts';
import { type OpenVectorSearch, openVectorSearch } from '../src/adapters/mongodb/vector-search.ts';
import { openStores, type Stores } from '../src/adapters/stores/open-stores.ts';
import type { StoreEngine } from '../src/adapters/stores/store-engine.ts';
import { type Scope, scopeKey } from '../src/core/base/namespace.ts';
import type { Memory } from '../src/core/memory/memory.ts';
import type { SearchedScope } from '../src/core/vectors/vector-search.ts';
import { ana, ben, channel, dm, memoryWorld, person, sales, wordEmbedder } from './support/memory-world.ts';
import { storedMemory } from './support/stored-memory.ts';
import { createVectorSearchServer } from './support/vector-search-server.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const now = () => new Date();
const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function openFolder(): Promise<StoreEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'memori-vectors-'));
  closers.push(async () => rmSync(folder, { recursive: true }));
  const store = await openEmbedded({ folder, logger: silent });
  closers.push(() => store.close());
  return store;
}

type Searching = { readonly stores: Stores; readonly search: OpenVectorSearch; catchUp(): Promise<void> };

/** Whatever searches must find what comparing with every vector finds, within team and scopes. */
function describeVectorSearch(open: () => Promise<Searching>): void {
  const { embed } = wordEmbedder();
  const word = (at: number) =>
    'revenue orders churn refund margin month region store channel price'.split(' ')[at % 10];
  const text = (at: number) => `${word(at)} ${word(at * 3 + 1)} ${word(at * 7 + 2)} of ${at}`;
  const scopes: readonly Scope[] = [
    { type: 'user', id: 'U1' },
    { type: 'channel', id: 'C1' },
    { type: 'channel', id: 'C2' },
    { type: 'workspace', id: 'T1' },
  ];
  const kept: (Memory & { readonly vector: Float32Array })[] = [];
  let searching: Searching;

  beforeAll(async () => {
    searching = await open();
    for (let at = 0; at < 120; at += 1) {
      const [vector = new Float32Array()] = await embed([text(at)]);
      const memory = storedMemory(`m${at}`, now(), {
        team: at % 5 === 4 ? 'T2' : 'T1',
        scope: scopes[at % 4] as Scope,
        kind: at % 3 === 0 ? 'preference' : 'fact',
        text: text(at),
        embedding: { model: at % 11 === 10 ? 'another' : 'words-16', vector },
      });
      await searching.stores.memories.put(memory);
      kept.push({ ...memory, vector });
    }
    await searching.catchUp();
  }, 300_000);

  it('finds what an exact comparison finds, for scopes of all kinds, exactly and by the graph', async () => {
    for (let round = 0; round < 40; round += 1) {
      const [vector = new Float32Array()] = await embed([text(round * 13)]);
      const seen: SearchedScope[] = scopes
        .filter((_, at) => (round >> at) % 2 === 1)
        .map((scope, at) => ({ scope, preferencesOnly: (round + at) % 3 === 0 }));
      const team = round % 7 === 6 ? 'T2' : 'T1';
      const limit = 1 + (round % 9);
      const query = { team, scopes: seen, vector, model: 'words-16', limit, exact: round % 2 === 0 };
      const found = await searching.search.nearest(query);
      const expected = kept
        .filter((one) => one.team === team && one.embedding?.model === 'words-16')
        .filter((one) =>
          seen.some(
            ({ scope, preferencesOnly }) =>
              scopeKey(scope) === scopeKey(one.scope) && (!preferencesOnly || one.kind === 'preference'),
          ),
        )
        .map((one) => ({
          id: one.id,
          cosine: one.vector.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0),
        }))
        .sort((a, b) => b.cosine - a.cosine)
        .slice(0, limit);
      expect(found?.map(({ cosine }) => cosine.toFixed(4))).toEqual(expected.map(({ cosine }) => cosine.toFixed(4)));
      for (const { id, scope } of found ?? []) expect(kept.find((one) => one.id === id)?.scope).toEqual(scope);
    }
  });
}

const opened = async () => {
  const store = await openFolder();
  const server = createVectorSearchServer(store.db);
  const stores = await openStores(store.db, 'bson');
  const warned: string[] = [];
  const logger = { ...silent, warn: (message: string) => void warned.push(message) };
  const search = await openVectorSearch({ collection: server.collection, dimensions: 16, clock: { now }, logger });
  closers.push(() => search.close());
  const catchUp = async () => {
    await server.catchUp();
    await search.check();
  };
  return { store, stores, server, search, warned, catchUp };
};

describe('vector search, as its server answers', () => {
  describeVectorSearch(opened);
});

const uri = process.env.MONGODB_TEST_URI;
const real = uri === undefined ? undefined : await openMongoDb({ uri, logger: silent });
if (real) closers.push(() => real.close());
const collection = real?.searchable?.('memori_memories');
(collection ? describe : describe.skip)('vector search on the server of MONGODB_TEST_URI, where it has one', () => {
  describeVectorSearch(async () => {
    if (real === undefined || collection === undefined) throw new Error('skipped');
    await real.db.collection('memori_memories').deleteMany({});
    const stores = await openStores(real.db, 'bson');
    const search = await openVectorSearch({ collection, dimensions: 16, clock: { now }, logger: silent });
    closers.push(() => search.close());
    const catchUp = async () => {
      while (!search.isReady()) await new Promise((resolve) => setTimeout(resolve, 1_000));
    };
    return { stores, search, catchUp };
  });
});

describe('recall with vector search', () => {
  const topics = [
    'revenue of bicycles by colour',
    'refunds of helmets',
    'churn by country',
    'margin of gloves per month',
  ];

  it('gives what it gives without, and reads no vectors into the process', async () => {
    const { stores, search, catchUp, server } = await opened();
    const plain = memoryWorld({ store: stores.memories });
    for (const [at, topic] of topics.entries())
      for (const where of [sales, channel('COTHER'), dm('UANA')]) {
        // Apart: questions that follow each other soon also count as neighbours, in this process only.
        plain.tick(31 * 60_000);
        await plain.memories.remember(plain.ask(`${topic} in region ${at}`, ana, where), []);
        await plain.teach(`remember that ${topic} excludes store ${at}. It opens in May.`, at % 2 ? ana : ben, where);
      }
    await plain.teach('I prefer bar charts of refunds', ana, dm('UANA'));
    await catchUp();
    const searching = memoryWorld({ store: stores.memories, vectorSearch: search });
    searching.tick(plain.now().getTime() - searching.now().getTime());
    for (const question of [...topics, 'which colour sells best', 'bar charts', 'helmets']) {
      for (const [who, where] of [
        [ana, sales],
        [ben, sales],
        [ana, dm('UANA')],
        [person('UNEW'), dm('UNEW')],
      ] as const) {
        const ids = async (world: typeof plain) =>
          (await world.recall(question, who, where)).map(({ memory }) => memory.id);
        expect(await ids(searching)).toEqual(await ids(plain));
      }
    }
    expect(server.searches.length).toBeGreaterThan(0);
    const read = await stores.memories.everything('T1', { type: 'channel', id: 'CSALES' }, { vectors: false });
    expect(read.every(({ memory }) => memory.embedding === undefined)).toBe(true);
  });

  it('compares in the process until the index is built, and says so', async () => {
    const { stores, search, server, catchUp } = await opened();
    const { teach, recall } = memoryWorld({ store: stores.memories, vectorSearch: search });
    await teach('remember that EMEA includes Turkey', ana, sales);
    expect(search.state).toBe('building');
    expect(await recall('what is EMEA', ana, sales)).toHaveLength(1);
    expect(server.searches).toEqual([]);
    await catchUp();
    expect(search.state).toBe('ready');
    expect(await recall('what is EMEA', ana, sales)).toHaveLength(1);
    expect(server.searches).toHaveLength(1);
  });

  it('goes on without it when it fails or its index is gone, says so once, and comes back', async () => {
    const { stores, search, server, warned, catchUp } = await opened();
    const lost: string[] = [];
    search.whenLost((reason) => lost.push(reason));
    await memoryWorld({ store: stores.memories }).memories.remember(
      memoryWorld().ask('revenue of bicycles by colour', ana, sales),
      [],
    );
    await catchUp();
    // No word in common: only a vector finds it, so nothing found would mean that no vector was looked at.
    const embedder = {
      ...wordEmbedder(),
      embed: async (texts: readonly string[]) => wordEmbedder().embed(texts.map(() => 'revenue of bicycles by colour')),
    };
    const world = memoryWorld({ store: stores.memories, vectorSearch: search, embedder });
    const found = async () => (await world.recall('two-wheelers', ana, sales)).map(({ why }) => why.reason);
    expect(await found()).toEqual(['meaning']);
    server.fail(new Error('the search engine is away'));
    for (let round = 0; round < 3; round += 1) expect(await found()).toEqual(['meaning']);
    expect({ lost, warned: warned.length }).toEqual({ lost: ['Error: the search engine is away'], warned: 1 });
    expect(search.state).toBe('lost');
    server.fail(undefined);
    await search.check();
    expect(search.isReady()).toBe(true);
    expect(await found()).toEqual(['meaning']);
    server.drop();
    expect(await found()).toEqual(['meaning']);
    expect(search.isReady()).toBe(false);
  });

  it('sees what the index has not seen yet, and not what it has not yet lost', async () => {
    const { stores, search, catchUp } = await opened();
    await catchUp();
    const world = memoryWorld({ store: stores.memories, vectorSearch: search });
    const fresh = await world.teach('remember that EMEA includes Turkey', ana, sales);
    const [vector = new Float32Array()] = await wordEmbedder().embed(['EMEA includes Turkey']);
    const query = {
      team: 'T1',
      scopes: [{ scope: fresh.scope, preferencesOnly: false }],
      vector,
      model: 'words-16',
      limit: 5,
      exact: true,
    };
    expect(await search.nearest(query)).toMatchObject([{ id: fresh.id }]);
    await catchUp();
    await world.memories.forget(fresh.id, ana, sales, []);
    expect(await search.nearest(query)).toMatchObject([{ id: fresh.id }]);
    expect(await world.recall('EMEA Turkey', ana, sales)).toEqual([]);
  });

  it('finds what was kept before the server could search', async () => {
    const store = await openFolder();
    await memoryWorld({ store: (await openStores(store.db)).memories }).teach(
      'always exclude test accounts',
      ana,
      sales,
    );
    const server = createVectorSearchServer(store.db);
    const { memories } = await openStores(store.db, 'bson');
    const search = await openVectorSearch({
      collection: server.collection,
      dimensions: 16,
      clock: { now },
      logger: silent,
    });
    closers.push(() => search.close());
    await server.catchUp();
    await search.check();
    const scopes = [{ scope: { type: 'channel', id: 'CSALES' } as const, preferencesOnly: false }];
    const [vector = new Float32Array()] = await wordEmbedder().embed(['test accounts']);
    const query = { team: 'T1', scopes, vector, model: 'words-16', limit: 3, exact: true };
    expect(await search.nearest(query)).toHaveLength(1);
    expect(await memories.everything('T1', { type: 'channel', id: 'CSALES' })).toMatchObject([
      { memory: { embedding: { vector: expect.any(Float32Array) } } },
    ]);
  });
});
