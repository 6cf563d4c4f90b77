import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { openEmbedded } from '../src/adapters/embedded/open-embedded.ts';
import { openMongoDb } from '../src/adapters/mongodb/open-mongodb.ts';
import { isDuplicateKey, type Stored } from '../src/adapters/stores/collection.ts';
import { openStores } from '../src/adapters/stores/open-stores.ts';
import type { StoreEngine } from '../src/adapters/stores/store-engine.ts';
import type { MemoryStores } from '../src/core/memory/memory.ts';
import { upkeepJob } from '../src/jobs/upkeep-job.ts';
import { describeCollection } from './support/describe-collection.ts';
import { describeForgetting } from './support/describe-forgetting.ts';
import { describeInstances } from './support/describe-instances.ts';
import { describeStores } from './support/describe-stores.ts';
import { fromSource } from './support/from-source.ts';
import { ana, channel, memoryWorld } from './support/memory-world.ts';
import { startMongoServer } from './support/mongo-server.ts';
import { openGate } from './support/open-gate.ts';
import { slowTask, upkeepDeps } from './support/slow-job.ts';

const logger = { info: () => {}, warn: () => {}, error: () => {} };
const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'memori-store-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('embedded engine', () => {
  const folder = newFolder();
  let store: StoreEngine;
  beforeAll(async () => {
    store = await openEmbedded({ folder, logger });
  });
  afterAll(() => store.close());
  describeCollection(() => store.db);
  describeStores(() => store.db);
  describeForgetting(() => ({
    db: store.db,
    scrub: store.scrub,
    dump: async () => Buffer.concat(readdirSync(folder).map((file) => readFileSync(join(folder, file)))),
  }));
});

const server = await startMongoServer();
const servers = [
  { name: 'mongo-java-server, over the wire', uri: server?.url, without: 'there is no java or mvn' },
  { name: 'the server of MONGODB_TEST_URI', uri: process.env.MONGODB_TEST_URI, without: 'it is not set' },
];
afterAll(() => server?.stop());

for (const { name, uri, without } of servers) {
  if (uri === undefined) {
    describe.skip(`${name} (skipped: ${without})`, () => it('runs the same contract', () => {}));
    continue;
  }
  describe(name, () => {
    let store: StoreEngine;
    beforeAll(async () => {
      store = await openMongoDb({ uri, logger });
    });
    afterAll(() => store.close());
    describeCollection(() => store.db);
    describeStores(() => store.db);
    describeForgetting(() => ({ db: store.db, dump: () => dumpOf(uri) }));
    describe('memories over two connections', () => {
      let other: StoreEngine;
      let pair: readonly [MemoryStores, MemoryStores];
      beforeAll(async () => {
        other = await openMongoDb({ uri, logger });
        pair = [(await openStores(store.db)).memories, (await openStores(other.db)).memories];
        await store.db.collection('memori_memories').deleteMany({});
      });
      afterAll(() => other.close());
      describeInstances(() => pair);
    });
  });
}

/** Every document of every collection, as the server sends them. */
async function dumpOf(uri: string): Promise<Buffer> {
  const client = new MongoClient(uri);
  const db = client.db();
  const collections = await db.listCollections().toArray();
  const all = collections.map(({ name }) => db.collection(name).find({}, { raw: true }).toArray());
  const dump = Buffer.concat((await Promise.all(all)).flat() as unknown as Buffer[]);
  await client.close();
  return dump;
}

describe('MongoDB that cannot be reached', () => {
  it('says so at the start, with what to do and without the password', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const address = closed.address();
    const port = typeof address === 'object' ? address?.port : 0;
    closed.close();
    const uri = `mongodb://ada:s3cr3t-word@127.0.0.1:${port}/memori?serverSelectionTimeoutMS=200`;
    const failure = await openMongoDb({ uri, logger }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'store_unavailable', next: expect.stringContaining('MONGODB_URI') });
    expect(String(failure) + JSON.stringify(failure)).not.toContain('s3cr3t-word');
    expect(String(failure)).toContain(`127.0.0.1:${port}`);
  });

  it('refuses what is not a connection string without repeating it', async () => {
    for (const uri of [
      'postgres://ada:s3cr3t-word@db.example/x',
      'mongodb://ada:s3cr3t-word@',
      'mongodb://ada:s3%cr3t-word@db.example',
    ]) {
      const failure = await openMongoDb({ uri, logger }).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'config_invalid' });
      expect(String(failure)).not.toContain('s3cr3t-word');
    }
  });

  (server ? it : it.skip)('maps an outage in mid-turn, and works again when the server is back', async () => {
    const gate = await openGate(server?.url ?? '');
    // The driver looks for its server every half second: less could pass before it sees that it is back.
    const store = await openMongoDb({ uri: `${gate.uri}?serverSelectionTimeoutMS=2000`, logger });
    const { documents } = await openStores(store.db);
    const papers = documents('outage');
    await papers.put('before', 1);
    gate.shut();
    await expect(papers.put('during', 2)).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
    await gate.reopen();
    await papers.put('after', 3);
    expect((await papers.all()).map(({ id }) => id)).toEqual(['after', 'before']);
    await store.close();
    await gate.close();
  });
});

describe('the embedded folder', () => {
  it('is whole after kill -9 at any moment: every acknowledged write is there', async () => {
    // Each run is also the next open of the run before; two folders at a time, because starting takes longer than writing.
    const survive = async (): Promise<number> => {
      const folder = newFolder();
      const runs = new Map<string, readonly string[]>();
      for (const run of ['a', 'b', 'c', 'd']) {
        runs.set(run, await writeUntilKilled(folder, run, 5 + Math.floor(Math.random() * 150)));
      }
      for (const [run, lines] of runs) await expectAll(folder, run, lines);
      return [...runs.values()].flat().length;
    };
    const acknowledged = await Promise.all([survive(), survive()]);
    expect(Math.min(...acknowledged)).toBeGreaterThan(20);
  });

  it('lets a job that was killed half-way go on where it was, each scope done once', async () => {
    const folder = newFolder();
    const begun = new Date('2026-03-02T10:00:00Z');
    const places = ['CA', 'CB', 'CC', 'CD', 'CE'];
    const fill = await openEmbedded({ folder, logger });
    const { teach } = memoryWorld({ store: (await openStores(fill.db)).memories });
    for (const place of places) await teach('always exclude test accounts', ana, channel(place));
    await fill.close();

    const arguments_ = [...fromSource, 'test/support/crash-job.ts', folder, begun.toISOString()];
    const child = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
    const seen: string[] = [];
    for await (const chunk of child.stdout) {
      seen.push(...String(chunk).trim().split('\n'));
      if (seen.length >= 3) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');

    const store = await openEmbedded({ folder, logger });
    const stores = await openStores(store.db);
    const again: string[] = [];
    const task = slowTask(async (scope) => void again.push(scope));
    const run = (minutes: number) =>
      upkeepJob(task, upkeepDeps(stores, new Date(begun.getTime() + minutes * 60_000))).run(
        new AbortController().signal,
      );
    await run(0.5);
    expect(again).toEqual([]);
    await run(2);
    expect([seen.slice(0, -1), again]).toEqual([places.slice(0, seen.length - 1), places.slice(seen.length - 1)]);
    const proofs = await Promise.all(places.map((id) => stores.memories.everything('T1', { type: 'channel', id })));
    expect(proofs.flat().map(({ memory }) => memory.proof)).toEqual([2, 2, 2, 2, 2]);
    await run(3);
    expect(again).toHaveLength(places.length - seen.length + 1);
    await store.close();
  });

  it('takes a folder with a dot in its name for a folder', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'memori-store-')), 'memori.v2');
    const store = await openEmbedded({ folder, logger });
    expect(existsSync(join(folder, 'data.mdb'))).toBe(true);
    await store.close();
  });

  it('belongs to one process: the second is told which one has it', async () => {
    const folder = newFolder();
    const child = startWriter(folder, 'first');
    await firstLine(child);
    const failure = await openEmbedded({ folder, logger }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'store_locked', details: { folder, pid: child.pid } });
    expect(String(failure)).toContain(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await openEmbedded({ folder, logger });
    await expect(openEmbedded({ folder, logger })).rejects.toMatchObject({ code: 'store_locked' });
    await store.close();
    await (await openEmbedded({ folder, logger })).close();
  });

  it('takes over a lock whose pid was given to another process, but not one that another host keeps alive', async () => {
    const folder = newFolder();
    const lock = join(folder, 'memori.lock');
    const owner = { pid: process.pid, identity: 'started at another time', host: hostname(), token: 't' };
    writeFileSync(lock, JSON.stringify(owner));
    await (await openEmbedded({ folder, logger })).close();

    writeFileSync(lock, JSON.stringify({ ...owner, host: 'elsewhere.example' }));
    await expect(openEmbedded({ folder, logger })).rejects.toMatchObject({ code: 'store_locked' });
    const aMinuteAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, aMinuteAgo, aMinuteAgo);
    await (await openEmbedded({ folder, logger })).close();

    writeFileSync(lock, '');
    await expect(openEmbedded({ folder, logger })).rejects.toMatchObject({ code: 'store_locked' });
    utimesSync(lock, aMinuteAgo, aMinuteAgo);
    await (await openEmbedded({ folder, logger })).close();
  });

  it('that is damaged is refused with what to do, and not touched', async () => {
    const damages: readonly ((file: string) => void)[] = [
      (file) => writeFileSync(file, 'hello'),
      (file) => writeFileSync(file, Buffer.alloc(100_000, 0x5a)),
      (file) => truncateSync(file, 8_192),
      (file) => truncateSync(file, 20_000),
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0x5a, 4_096, 8_192);
        writeFileSync(file, bytes);
      },
    ];
    for (const damage of damages) {
      const folder = newFolder();
      const file = join(folder, 'data.mdb');
      await writeThings(folder, 200);
      damage(file);
      const before = readFileSync(file);
      const failure = await openEmbedded({ folder, logger }).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'store_corrupt', next: expect.stringContaining(`mv '${folder}'`) });
      expect(readFileSync(file).equals(before)).toBe(true);
    }
  });

  it('with damage inside gives an error instead of a wrong answer', async () => {
    const folder = newFolder();
    await writeThings(folder, 200);
    const file = join(folder, 'data.mdb');
    const bytes = readFileSync(file);
    bytes.fill(0, 3 * 4_096, bytes.length);
    writeFileSync(file, bytes);
    const { stdout, stderr } = spawnSync(process.execPath, [...fromSource, 'test/support/read-damaged.ts', folder], {
      encoding: 'utf8',
    });
    // LMDB's own words, for a page of zeros where an index leads; the product's are those of the error.
    expect([stdout.trim(), stderr.trim()]).toEqual(['store_corrupt', 'internal error, index points to a 00 page!?']);
  });

  it('on a full disk refuses to write, keeps what was acknowledged, and goes on when there is space', async () => {
    const folder = newFolder();
    let free = Number.MAX_SAFE_INTEGER;
    const store = await openEmbedded({ folder, logger, freeBytes: () => free });
    const things = store.db.collection<Stored>('memori_things');
    await things.insertOne({ _id: 'before' });
    free = 1_000_000;
    await expect(things.insertOne({ _id: 'during' })).rejects.toMatchObject({ code: 'store_full' });
    expect(await things.findOne({ _id: 'before' })).toEqual({ _id: 'before' });
    await expect(things.deleteMany({})).rejects.toMatchObject({ code: 'store_full' });
    free = 20 * 1024 * 1024;
    await expect(things.insertOne({ _id: 'still not' })).rejects.toMatchObject({ code: 'store_full' });
    expect(await things.deleteMany({ _id: 'before' })).toEqual({ deletedCount: 1 });
    free = Number.MAX_SAFE_INTEGER;
    await things.insertOne({ _id: 'after' });
    expect(await things.countDocuments({})).toBe(1);
    await store.close();
  });

  it('counts what is on its way to the disk: many writes at once cannot fill it', async () => {
    const megabyte = 1024 * 1024;
    const store = await openEmbedded({ folder: newFolder(), logger, freeBytes: () => 40 * megabyte });
    const things = store.db.collection<Stored & { bytes: Buffer }>('memori_things');
    const insert = (n: number) => things.insertOne({ _id: `t${n}`, bytes: Buffer.alloc(megabyte) });
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => insert(n)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'store_full' });
    expect(await things.countDocuments({})).toBe(20 - refused.length);
    for (let n = 20; n < 40; n++) await insert(n);
    await store.close();
  });

  it('keeps documents and indexes over a restart, and drops what has expired', async () => {
    const folder = newFolder();
    const first = await openEmbedded({ folder, logger });
    const things = first.db.collection<Stored & { expiresAt?: Date; group: string }>('memori_things');
    await things.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
    await things.createIndex({ group: 1 }, { unique: true });
    await things.insertOne({ _id: 'past', group: 'a', expiresAt: new Date(Date.now() - 1_000) });
    await things.insertOne({ _id: 'future', group: 'b', expiresAt: new Date(Date.now() + 60_000) });
    await things.insertOne({ _id: 'far', group: 'c', expiresAt: new Date('+012000-01-01T00:00:00Z') });
    await things.insertOne({ _id: 'never', group: 'd' });
    await first.close();

    const second = await openEmbedded({ folder, logger, sweepEveryMs: 10 });
    const again = second.db.collection<Stored & { group: string }>('memori_things');
    const refused = await again.insertOne({ _id: 'x', group: 'd' }).catch((error: unknown) => error);
    expect(isDuplicateKey(refused)).toBe(true);
    while (await again.findOne({ _id: 'past' })) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await again.find({}, { sort: { _id: 1 } }).toArray()).map(({ _id }) => _id)).toEqual([
      'far',
      'future',
      'never',
    ]);
    await again.insertOne({ _id: 'freed', group: 'a' });
    await second.close();
    await expect(again.findOne({})).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it('finds the same with an index as without, whatever the values', async () => {
    const store = await openEmbedded({ folder: newFolder(), logger });
    type Row = Stored & { a?: unknown; b?: unknown };
    const plain = store.db.collection<Row>('memori_plain');
    const indexed = store.db.collection<Row>('memori_indexed');
    await indexed.createIndex({ a: 1 });
    await indexed.createIndex({ a: 1, b: 1 });
    const value = fc.oneof(
      fc.constantFrom(
        '',
        'a',
        'a\u0000',
        'a\u0000b',
        'a!',
        '~',
        's:a',
        '\u{10ffff}',
        'x'.repeat(300),
        null,
        0,
        -0,
        1.5,
        true,
      ),
      fc.date({ noInvalidDate: true }),
      fc.string({ unit: 'binary' }),
    );
    const row = fc.record(
      { _id: fc.string({ unit: 'grapheme', minLength: 1 }), a: value, b: value },
      { requiredKeys: ['_id'] },
    );
    const rows = fc.uniqueArray(row, { selector: ({ _id }) => _id, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, fc.array(value, { maxLength: 3 }), value, async (documents, some, one) => {
        await Promise.all([plain, indexed].map((all) => all.deleteMany({})));
        for (const document of documents) await Promise.all([plain, indexed].map((all) => all.insertOne(document)));
        const seen = documents[0]?.a ?? one;
        for (const filter of [
          { a: one },
          { a: seen },
          { a: { $in: [...some, seen] } },
          { a: seen, b: { $in: some } },
        ]) {
          const sort = { sort: { _id: 1 } } as const;
          expect(await indexed.find(filter, sort).toArray()).toEqual(await plain.find(filter, sort).toArray());
        }
      }),
      { numRuns: 60 },
    );
    await store.close();
  });
});

async function writeThings(folder: string, count: number): Promise<void> {
  const store = await openEmbedded({ folder, logger });
  const things = store.db.collection<Stored & { text: string }>('memori_things');
  await Promise.all(Array.from({ length: count }, (_, n) => things.insertOne({ _id: `t${n}`, text: 'x'.repeat(300) })));
  await store.close();
}

const startWriter = (folder: string, run: string): ChildProcess =>
  spawn(process.execPath, [...fromSource, join(import.meta.dirname, 'support/crash-writer.ts'), folder, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

async function firstLine(child: ChildProcess): Promise<void> {
  if (child.stdout) await once(child.stdout, 'data');
}

/** The lines that the writer printed, the last one only if it is whole. */
/** Writes that each run has acknowledged before it may be killed. */
const leastAcknowledged = 7;

async function writeUntilKilled(folder: string, run: string, ms: number): Promise<readonly string[]> {
  const child = startWriter(folder, run);
  let said = '';
  // The moment is counted from when some writes are acknowledged: a slow machine would be killed before it has any.
  const busy = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > leastAcknowledged) resolve();
    });
  });
  await busy;
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  await once(child, 'close');
  return said
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== 'open');
}

async function expectAll(folder: string, run: string, lines: readonly string[]): Promise<void> {
  const store = await openEmbedded({ folder, logger });
  const { ledger, audit } = await openStores(store.db);
  const ids = (kind: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  const present = async (collection: string, field: string, wanted: readonly string[]): Promise<number> =>
    store.db.collection(collection).countDocuments({ [field]: { $in: [...wanted] } });
  expect(await present('memori_turns', '_id', ids('turn'))).toBe(ids('turn').length);
  expect(await present('memori_audit', 'target', ids('audit'))).toBe(ids('audit').length);
  const account = { scope: `user:T1:${run}`, day: '2026-03-01', limitTokens: undefined, limitMicroUsd: undefined };
  const { spent } = await ledger.balance(account, new Date());
  expect(spent.tokens).toBeGreaterThanOrEqual(ids('spent').length);
  expect(spent.tokens).toBeLessThanOrEqual(ids('spent').length + 3);
  expect((await audit.verify(run)).brokenAt).toBeUndefined();
  await store.close();
}
