import { expect, it } from '@jest/globals';
import type { Db } from '../../src/adapters/stores/collection.ts';
import { openStores } from '../../src/adapters/stores/open-stores.ts';
import type { Outcome } from '../../src/core/answers/outcome.ts';
import type { Question } from '../../src/core/base/question.ts';
import { ana, channel, memoryWorld, sales } from './memory-world.ts';

/** A dump of everything an engine keeps, as bytes; `scrub` where deleted bytes stay in its files. */
export type Dumped = { readonly db: Db; readonly scrub?: (() => Promise<void>) | undefined; dump(): Promise<Buffer> };

/** After a forgetting nothing is left anywhere: memories, former words, what was made of them, answers, patterns, jobs. */
export function describeForgetting(open: () => Dumped): void {
  it('holds not one byte of what was forgotten, in no collection and no file', async () => {
    const canary = 'xylophonic quokka';
    const { db, scrub, dump } = open();
    const stores = await openStores(db);
    let rewritten = 0;
    const world = memoryWorld({
      store: stores.memories,
      async onForgotten({ team, ids, messages }) {
        await stores.answers.erase(team, ids, messages);
        rewritten += 1;
        await scrub?.();
      },
    });
    const { teach, memories, tick, now, ask } = world;
    const put = async (question: Question, outcome: Outcome) =>
      stores.answers.put({
        id: question.id,
        question,
        outcome,
        replyTs: '1',
        answeredAt: now(),
        ms: 1,
        costMicroUsd: 0,
      });
    for (let at = 0; at < 20; at += 1)
      await teach(`remember that branch ${at} has its own stock`, ana, channel(`C${at}`));
    const lesson = ask(`by top seller we mean the ${canary}`, ana, sales);
    const old = await teach(lesson.text, ana, sales, lesson.id.split(':').at(-1));
    const again = ask(`By top seller we mean the ${canary}!`, ana, sales);
    await teach(again.text, ana, sales, again.id.split(':').at(-1));
    const fresh = await teach(`by top seller we mean the ${canary} of the year`, ana, sales, tick());
    expect(fresh.supersedes).toBe(old.id);
    const said: Outcome = { status: 'said', text: `Got it: ${canary}`, memories: [old], suggestions: [] };
    await put(lesson, said);
    // Taught and asked at once, and nothing came of it.
    await put(again, { status: 'unanswered', text: 'What?', suggestions: [], taught: [old.id] });
    // An answer that used it, with a pattern; then a follow-up in its thread that leans on it.
    const used = ask('top sellers of this year', ana, channel('CSALES', '7.0'));
    const answered: Outcome = {
      status: 'answered',
      text: 'One.',
      interpretation: `the ${canary}`,
      source: 'model',
      verified: undefined,
      sql: `SELECT 1 FROM products WHERE name = '${canary}'`,
      dataSource: 'shop',
      result: { columns: [], rows: [], rowCount: 0, truncated: false, ms: 1 },
      chart: undefined,
      memories: [{ id: fresh.id, text: fresh.text }],
      suggestions: [],
    };
    await put(used, answered);
    await memories.received({ question: used, sql: answered.sql, used: [fresh.id] }, 'good');
    await stores.answers.feedback('T1', used.id, 'UANA', 'good', now());
    tick();
    await put(ask('and by month?', ana, channel('CSALES', '7.0')), { ...answered, memories: [] });
    const other = ask('orders by month', ana, channel('COTHER'));
    await put(other, { ...answered, sql: 'SELECT 1', interpretation: undefined, memories: [] });

    expect((await dump()).includes(canary)).toBe(true);
    const { deleted } = await memories.forget(`${fresh.id} 1`, ana, sales, []);
    // Both versions, and the pattern of the answer that used it.
    expect(deleted).toBe(3);
    expect(rewritten).toBe(1);
    expect((await dump()).includes(canary)).toBe(false);
    expect((await dump()).includes('branch 7 has its own stock')).toBe(true);
    expect(await stores.answers.get('T1', other.id)).toBeDefined();
    expect(await memories.list(ana, sales, [])).toEqual([]);
  });
}
