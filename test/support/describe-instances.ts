import { expect, it } from '@jest/globals';
import type { MemoryStores } from '../../src/core/memory/memory.ts';
import { ana, memoryWorld, sales } from './memory-world.ts';

/** What one instance learns or forgets, the next recall of another one knows, although both keep scopes in memory. */
export function describeInstances(open: () => readonly [MemoryStores, MemoryStores]): void {
  it('are right on two instances that share a store, whatever either does', async () => {
    const [first, second] = open();
    const one = memoryWorld({ store: first });
    const two = memoryWorld({ store: second });
    for (let round = 0; round < 60; round += 1) {
      const [writer, reader] = round % 2 ? [one, two] : [two, one];
      writer.tick(round * 7_000);
      const fact = await writer.teach(
        `remember that branch ${round % 9} is called ${'xyz'[round % 3]}${round}`,
        ana,
        sales,
      );
      reader.tick(Math.max(0, writer.now().getTime() - reader.now().getTime()) + 1_000);
      const sees = async () => (await reader.memories.list(ana, sales, [])).some(({ id }) => id === fact.id);
      expect(await sees()).toBe(true);
      const recalls = async () =>
        (await reader.recall(`branch called ${fact.text.split(' ').at(-1)}`, ana, sales)).some(
          ({ memory }) => memory.id === fact.id,
        );
      expect(await recalls()).toBe(true);
      if (round % 3) continue;
      await writer.memories.forget(fact.id, ana, sales, []);
      expect(await sees()).toBe(false);
      expect(await recalls()).toBe(false);
    }
    expect((await one.memories.list(ana, sales, [])).map(({ id }) => id).sort()).toEqual(
      (await two.memories.list(ana, sales, [])).map(({ id }) => id).sort(),
    );
  });
}
