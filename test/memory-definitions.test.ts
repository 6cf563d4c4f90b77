import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answered } from '../src/core/outcome.ts';
import { startMemori, type TestMemori, textOf } from './support/start-memori.ts';

/** A model that can only do what the prompt's memories tell it. */
const played = (_question: string, body: Record<string, unknown>) => {
  const prompt = JSON.stringify(body.messages);
  const days = /no order in (\d+) days/.exec(prompt)?.[1] ?? /(\d+) 天没有下单/.exec(prompt)?.[1] ?? '0';
  const ids = [...prompt.matchAll(/\\"id\\": \\"([0-9a-f]{32})\\"/g)].map(([, id = '']) => id);
  return { sql: `SELECT ${days} AS days`, answer: 'It is {days}.', memories_used: ids };
};

describe('a definition that was taught changes the SQL of the next answer', () => {
  let memori: TestMemori;
  beforeAll(async () => {
    memori = await startMemori({ claude: played });
  });
  afterAll(() => memori.stop());

  type Where = Parameters<TestMemori['ask']>[1];
  const answer = async (text: string, where: Where): Promise<Answered & { readonly shown: string }> => {
    const { text: shown } = await memori.ask(text, where);
    const outcome = memori.records.at(-1)?.outcome;
    if (outcome?.status !== 'answered') throw new Error(`${text}: ${outcome?.status} ${outcome?.text}`);
    return { ...outcome, shown };
  };

  it.each([
    // A verified query, by a new word and by one that had another meaning.
    ['verified', 'by GMV we mean gross revenue', 'GMV last month', 'gross revenue last month'],
    ['verified', 'by revenue we mean gross revenue', 'revenue by month', 'gross revenue by month'],
    ['verified', '我们说的流水是指毛收入', '上个月的流水', '上个月的毛收入'],
    // Composed from the definitions of the source.
    [
      'measured',
      'by big fish we mean business customers',
      'how many big fish in Germany',
      'how many business customers in Germany',
    ],
    [
      'measured',
      'by customers we mean business customers',
      'customers in Germany by city',
      'business customers in Germany by city',
    ],
  ] as const)(
    '%s: “%s”',
    async (source, lesson, question, meant) => {
      for (const where of [{ channel: 'analytics' }, { as: 'tom', channel: 'dm' }] as const) {
        const plain = await answer(meant, where);
        await memori.ask(lesson, where);
        const taught = await answer(question, where);
        expect(taught.sql).toBe(plain.sql);
        expect(taught).toMatchObject({ source: plain.source, memories: [{ text: expect.any(String) }] });
        if (source === 'measured') expect(taught.source).toBe('measured');
        expect(taught.shown).toMatch(/as defined for|按定义/);
        await memori.command('/memori memory forget all confirm', 'as' in where ? where.as : 'maya', where.channel);
        const after = await memori.ask(question, where);
        expect(after.text).not.toMatch(/as defined for|按定义/);
      }
    },
    60_000,
  );

  it.each([
    [
      'by churned customers we mean no order in 77 days',
      'how churned are the xyzzy churned customers',
      'SELECT 77 AS days',
    ],
    ['我们说的沉睡客户是指 66 天没有下单', '沉睡客户 xyzzy 有多沉睡', 'SELECT 66 AS days'],
  ])(
    'model: “%s”',
    async (lesson, question, sql) => {
      for (const where of [{ channel: 'general' }, { as: 'tom', channel: 'dm' }] as const) {
        expect((await answer(question, where)).sql).toBe('SELECT 0 AS days');
        await memori.ask(lesson, where);
        const taught = await answer(question, where);
        expect(taught).toMatchObject({ sql, source: 'model' });
        expect(taught.shown).toMatch(/as defined for|按定义/);
        await memori.command('/memori memory forget all confirm', 'as' in where ? where.as : 'maya', where.channel);
      }
    },
    60_000,
  );

  it('in a thread as well, and a correction there changes it again', async () => {
    const { sent } = await memori.ask('gross revenue last month', { channel: 'analytics' });
    const thread = { channel: 'analytics', thread: sent.ts };
    await memori.ask('by takings we mean gross revenue', thread);
    const gross = await answer('takings last month', thread);
    await memori.ask('by takings we mean net revenue', thread);
    const net = await answer('takings last month', thread);
    expect([gross.sql, net.sql]).toEqual([
      (await answer('gross revenue last month', thread)).sql,
      (await answer('net revenue last month', thread)).sql,
    ]);
  });

  it('one’s own over the workspace’s, and says which', async () => {
    await memori.ask('by proceeds we mean gross revenue', { channel: 'analytics' });
    await memori.command('/memori memory share 1 workspace confirm', 'maya', 'analytics');
    const dm = { as: 'maya', channel: 'dm' } as const;
    const theirs = await answer('proceeds last month', dm);
    expect(theirs.shown).toContain('“proceeds” as defined for the whole workspace');
    await memori.ask('by proceeds we mean net revenue', dm);
    const own = await answer('proceeds last month', dm);
    expect(own.shown).toContain('“proceeds” as defined for only you');
    expect(own.sql).not.toBe(theirs.sql);
    await memori.press('maya', memori.slack.messages('dm', 'maya').at(-1) ?? ({} as never), 'Memories used');
    expect(textOf(memori.slack.modal('maya') ?? {})).toContain(
      'which goes before the definition for the whole workspace',
    );
    await memori.slack.closeView({ as: 'maya' });
  });
});
