import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Collection, Db } from '../../src/adapters/stores/collection.ts';

type Thing = {
  readonly _id: string;
  readonly name?: string | null;
  readonly group?: string;
  readonly count?: number;
  readonly at?: Date;
  readonly bytes?: Buffer;
  readonly parts?: readonly { readonly id: string; readonly size: number }[];
  readonly nested?: { readonly deep?: number; readonly deeper?: { readonly x?: number } };
  readonly [field: string]: unknown;
};

/** What every engine must do alike, so that the stores need to be written only once. */
export function describeCollection(open: () => Db): void {
  describe('the collection subset', () => {
    let things: Collection<Thing>;

    beforeAll(async () => {
      things = open().collection<Thing>('memori_contract');
      await things.deleteMany({});
      await things.createIndex({ group: 1 });
      await things.createIndex({ group: 1, name: 1 });
    });

    it('gives back what was stored: dates, bytes, floats, large numbers, nothing for undefined', async () => {
      const vector = new Float32Array([0.1, -2.5, Number.MAX_VALUE, 1e-20]);
      const document = {
        _id: 'round:trip',
        at: new Date('1899-12-31T23:59:59.999Z'),
        bytes: Buffer.from(vector.buffer),
        empty: Buffer.alloc(0),
        large: Number.MAX_SAFE_INTEGER,
        negative: -0.5,
        text: 'naïve 中文 \u0000 🎉',
        nothing: null,
        list: [1, 'two', [3], { four: new Date(4) }],
        missing: undefined,
        yes: true,
      };
      await things.insertOne(document);
      const found = await things.findOne({ _id: 'round:trip' });
      const { missing: _missing, ...stored } = document;
      expect(found).toStrictEqual(stored);
      expect(Buffer.isBuffer(found?.bytes)).toBe(true);
      expect(found && Object.keys(found)).not.toContain('missing');
    });

    it('refuses a second document of one id, and leaves the first alone', async () => {
      await things.insertOne({ _id: 'twice', count: 1 });
      await expect(things.insertOne({ _id: 'twice', count: 2 })).rejects.toMatchObject({ code: 11000 });
      expect(await things.findOne({ _id: 'twice' })).toEqual({ _id: 'twice', count: 1 });
    });

    it('refuses a second document of one unique key', async () => {
      const unique = open().collection<Thing>('memori_contract_unique');
      await unique.deleteMany({});
      await unique.createIndex({ group: 1, name: 1 }, { unique: true });
      await unique.insertOne({ _id: 'a', group: 'g', name: 'n' });
      await unique.insertOne({ _id: 'b', group: 'g', name: 'm' });
      await expect(unique.insertOne({ _id: 'c', group: 'g', name: 'n' })).rejects.toMatchObject({ code: 11000 });
      await expect(unique.updateOne({ _id: 'b' }, { $set: { name: 'n' } })).rejects.toMatchObject({ code: 11000 });
      expect(await unique.findOne({ _id: 'b' })).toMatchObject({ name: 'm' });
      expect(await unique.findOne({ _id: 'c' })).toBeNull();
      await unique.deleteMany({ _id: 'a' });
      await unique.insertOne({ _id: 'c', group: 'g', name: 'n' });
    });

    it('updates with the operators that the stores use', async () => {
      await things.insertOne({
        _id: 'update',
        count: 5,
        at: new Date(100),
        name: 'old',
        parts: [{ id: 'a', size: 1 }],
      });
      const after = await things.findOneAndUpdate(
        { _id: 'update', count: { $lte: 5 } },
        {
          $inc: { count: 2, 'nested.deep': 3 },
          $max: { at: new Date(50), latest: new Date(7) },
          $min: { low: 1 },
          $push: { parts: { id: 'b', size: 2 } },
          $set: { 'nested.deeper.x': 1 },
          $unset: { name: '' },
        },
        { returnDocument: 'after' },
      );
      const expected = {
        _id: 'update',
        count: 7,
        at: new Date(100),
        latest: new Date(7),
        low: 1,
        parts: [
          { id: 'a', size: 1 },
          { id: 'b', size: 2 },
        ],
        nested: { deep: 3, deeper: { x: 1 } },
      };
      expect(after).toEqual(expected);
      expect(await things.findOne({ _id: 'update' })).toEqual(expected);
      await things.updateOne({ _id: 'update' }, { $pull: { parts: { id: 'a', size: 1 } }, $min: { at: new Date(1) } });
      expect(await things.findOne({ _id: 'update' })).toMatchObject({ parts: [{ id: 'b', size: 2 }], at: new Date(1) });
      expect(
        await things.findOneAndUpdate({ _id: 'none' }, { $set: { a: 1 } }, { returnDocument: 'after' }),
      ).toBeNull();
    });

    it('upserts once, replaces, and says what it matched', async () => {
      const upsert = () =>
        things.updateOne({ _id: 'up' }, { $setOnInsert: { name: 'first' }, $max: { count: 3 } }, { upsert: true });
      expect(await upsert()).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
      expect(await upsert()).toMatchObject({ matchedCount: 1, upsertedCount: 0 });
      expect(await things.findOne({ _id: 'up' })).toEqual({ _id: 'up', name: 'first', count: 3 });
      await things.replaceOne({ _id: 'up' }, { _id: 'up', group: 'new' }, { upsert: true });
      await things.replaceOne({ _id: 'up2' }, { _id: 'up2', group: 'new' }, { upsert: true });
      expect(await things.find({ group: 'new' }, { sort: { _id: 1 } }).toArray()).toEqual([
        { _id: 'up', group: 'new' },
        { _id: 'up2', group: 'new' },
      ]);
      expect(await things.updateOne({ _id: 'none' }, { $set: { a: 1 } })).toMatchObject({ matchedCount: 0 });
      expect(await things.updateMany({ group: 'new' }, { $set: { count: 1 } })).toMatchObject({ matchedCount: 2 });
    });

    it('finds by index and without one, sorts, limits, counts, deletes', async () => {
      const day = (n: number) => new Date(Date.UTC(2026, 0, n));
      for (const n of [3, 1, 2])
        await things.insertOne({ _id: `find:${n}`, group: n < 3 ? 'ab' : 'c', name: `n${n}`, at: day(n), parts: [] });
      const ids = async (filter: object, sort: 1 | -1 = 1, limit = 10) =>
        (
          await things
            .find(
              { at: { $exists: true }, _id: { $gte: 'find:', $lt: 'find;' }, ...filter },
              { sort: { at: sort }, limit },
            )
            .toArray()
        ).map((thing) => thing._id);
      expect(await ids({})).toEqual(['find:1', 'find:2', 'find:3']);
      expect(await ids({}, -1, 2)).toEqual(['find:3', 'find:2']);
      expect(await ids({ group: 'ab' })).toEqual(['find:1', 'find:2']);
      expect(await ids({ group: { $in: ['ab', 'c', 'ab'] }, name: { $in: ['n1', 'n3'] } })).toEqual([
        'find:1',
        'find:3',
      ]);
      expect(await ids({ at: { $gt: day(1), $lte: day(2) } })).toEqual(['find:2']);
      expect(await ids({ name: { $ne: 'n1' } })).toEqual(['find:2', 'find:3']);
      expect(await ids({ $or: [{ name: 'n1' }, { name: { $exists: false } }] })).toEqual(['find:1']);
      expect(await ids({ $and: [{ group: 'ab' }, { $or: [{ name: 'n2' }, { name: 'n3' }] }] })).toEqual(['find:2']);
      expect(await ids({ parts: { $elemMatch: { id: 'a' } } })).toEqual([]);
      expect(await things.countDocuments({ group: 'ab' })).toBe(2);
      await things.updateOne({ _id: 'find:1' }, { $set: { group: 'moved' } });
      expect(await ids({ group: 'ab' })).toEqual(['find:2']);
      expect(await ids({ group: 'moved' })).toEqual(['find:1']);
      expect(await things.deleteMany({ group: { $in: ['ab', 'moved'] } })).toMatchObject({ deletedCount: 2 });
      expect(await ids({})).toEqual(['find:3']);
    });

    it('finds by an index inside a write, whatever the bytes of the key', async () => {
      for (const length of Array.from({ length: 12 }, (_, at) => at)) {
        const group = `${'g'.repeat(length)}${'\u0010'.repeat(12)}`;
        await things.insertOne({ _id: `key:${length}`, group });
        expect(await things.updateMany({ group }, { $set: { count: 1 } })).toMatchObject({ matchedCount: 1 });
      }
    });

    it('lets exactly as many of 200 concurrent writers through as the condition allows', async () => {
      await things.insertOne({ _id: 'counter', count: 0 });
      const results = await Promise.all(
        Array.from({ length: 200 }, () =>
          things.findOneAndUpdate(
            { _id: 'counter', count: { $lt: 100 } },
            { $inc: { count: 1 } },
            { returnDocument: 'after' },
          ),
        ),
      );
      const seen = results.filter((thing) => thing !== null).map((thing) => thing.count);
      expect(seen).toHaveLength(100);
      expect(await things.findOne({ _id: 'counter' })).toEqual({ _id: 'counter', count: 100 });
    });
  });
}
