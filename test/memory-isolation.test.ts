import { describe, expect, it } from '@jest/globals';
import { channel, memoryWorld, person } from './support/memory-world.ts';
import { replayAccesses } from './support/replay-accesses.ts';

/** The million is run by `npm run bench:isolation`. */
const accesses = 100_000;

describe('who sees what', () => {
  it('shows no memory to anyone it is not for, in accesses of all kinds, interleaved', async () => {
    const { done, shown, complete } = await replayAccesses(accesses, 20_260_302);
    expect(Object.values(done).reduce((sum, count) => sum + count, 0)).toBe(accesses);
    expect(shown).toBeGreaterThan(accesses);
    expect(complete).toBeGreaterThan(accesses / 5_000);
  });

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
