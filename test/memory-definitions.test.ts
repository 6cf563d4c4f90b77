import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sessionId } from '../src/core/namespace.ts';
import type { Answered } from '../src/core/outcome.ts';
import { memoryWorld } from './support/memory-world.ts';
import { startMemori, type TestMemori, textOf } from './support/start-memori.ts';

/** A model that can only do what the prompt's memories tell it. */
const played = (_question: string, body: Record<string, unknown>) => {
  const prompt = JSON.stringify(body.messages);
  const days = /no order in (\d+) days/.exec(prompt)?.[1] ?? /(\d+) 天没有下单/.exec(prompt)?.[1] ?? '0';
  const ids = [...prompt.matchAll(/\\"id\\": \\"([0-9a-f]{32})\\"/g)].map(([, id = '']) => id);
  return { sql: `SELECT ${days} AS days`, answer: 'It is {days}.', memories_used: ids };
};

let memori: TestMemori;
beforeAll(async () => {
  memori = await startMemori({ claude: played, env: { MEMORI_EXTRACT_FACTS: 'true' } });
});
afterAll(() => memori.stop());

type Where = { readonly as?: string; readonly channel: string; readonly thread?: string };

async function answer(text: string, where: Where): Promise<Answered & { readonly shown: string }> {
  const { text: shown, sent } = await memori.ask(text, where);
  const outcome = memori.records.find(({ id }) => id.endsWith(`:${sent.ts}`))?.outcome;
  if (outcome?.status !== 'answered') throw new Error(`${text}: ${outcome?.status} ${outcome?.text}`);
  return { ...outcome, shown };
}

const forgetAll = ({ as = 'maya', channel }: Where) => memori.command('/memori memory forget all confirm', as, channel);

/** A channel and a direct message, at the same time: nothing that is taught in one is seen in the other. */
const inBoth = (channel: string, act: (where: Where) => Promise<void>) =>
  Promise.all([{ channel }, { as: 'tom', channel: 'dm' }].map(act));

describe('a definition that was taught changes the SQL of the next answer', () => {
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
  ] as const)('%s: “%s”', async (source, lesson, question, meant) => {
    const plain = await answer(meant, { channel: 'dm' });
    if (source === 'measured') expect(plain.source).toBe('measured');
    await inBoth('analytics', async (where) => {
      await memori.ask(lesson, where);
      const taught = await answer(question, where);
      expect(taught.sql).toBe(plain.sql);
      expect(taught).toMatchObject({ source: plain.source, memories: [{ text: expect.any(String) }] });
      expect(taught.shown).toMatch(/as defined for|按定义/);
      await forgetAll(where);
      const after = await memori.ask(question, where);
      expect(after.text).not.toMatch(/as defined for|按定义/);
    });
  });

  it.each([
    [
      'by churned customers we mean no order in 77 days',
      'how churned are the xyzzy churned customers',
      'SELECT 77 AS days',
    ],
    ['我们说的沉睡客户是指 66 天没有下单', '沉睡客户 xyzzy 有多沉睡', 'SELECT 66 AS days'],
  ])('model: “%s”', async (lesson, question, sql) => {
    await inBoth('general', async (where) => {
      expect((await answer(question, where)).sql).toBe('SELECT 0 AS days');
      await memori.ask(lesson, where);
      const taught = await answer(question, where);
      expect(taught).toMatchObject({ sql, source: 'model' });
      expect(taught.shown).toMatch(/as defined for|按定义/);
      await forgetAll(where);
    });
  });

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

  it.each([
    ['verified', 'proceeds', ['gross revenue', 'net revenue'], 'proceeds last month'],
    ['measured', 'VIPs', ['business customers', 'hospitality customers'], 'how many VIPs in Germany'],
    ['model', 'sleepers', ['no order in 31 days', 'no order in 62 days'], 'how xyzzy are the sleepers'],
  ] as const)(
    '%s: one’s own over the channel’s over the data source’s over the workspace’s, and it says which',
    async (source, term, [one, other], question) => {
      const channel = { channel: 'analytics' };
      const dm = { channel: 'dm' };
      const add = (meaning: string, where: Where) =>
        memori.command(`/memori memory add by ${term} we mean ${meaning}`, 'maya', where.channel);
      const share = (to: string) => memori.command(`/memori memory share 1 ${to} confirm`, 'maya', 'analytics');
      const found: Answered[] = [];
      const applies = async (scope: string, where: Where) => {
        const given = await answer(question, where);
        expect(given.shown).toContain(`“${term}” as defined for ${scope}`);
        expect(given.source).toBe(source);
        found.push(given);
      };
      await add(one, channel);
      await share('workspace');
      await applies('the whole workspace', channel);
      await add(other, channel);
      await share('shop');
      await applies('this data source', channel);
      await add(one, channel);
      await applies('this channel', channel);
      await applies('this data source', dm);
      await add(one, dm);
      await applies('only you', dm);
      const [workspace, shop, here, shopAgain, own] = found.map(({ sql }) => sql);
      expect([here, shopAgain, own]).toEqual([workspace, shop, workspace]);
      expect(shop).not.toBe(workspace);
      await memori.press('maya', memori.slack.messages('dm', 'maya').at(-1) ?? ({} as never), 'Memories used');
      expect(textOf(memori.slack.modal('maya') ?? {})).toContain(
        'which goes before the definition for this data source, the whole workspace',
      );
      await memori.slack.closeView({ as: 'maya' });
      await forgetAll(dm);
      await forgetAll(channel);
    },
  );
});

describe('facts read out of a conversation', () => {
  it('are listed, searched, pinned and forgotten as what was taught there, by command, by button and in App Home', async () => {
    const { records } = memori;
    const place = { channel: 'general' };
    const said = 'The till of branch 12 was broken in May. Gross revenue last month?';
    for (const where of [place, { channel: 'dm' }]) await memori.ask(said, where);
    const asked = records.slice(-2).map(({ question }) => question);
    // Noted to be read, because the app was told to.
    const idle = await memori.memori.stores.threads.idle(new Date(Date.now() + 60_000), 50);
    for (const { place: of, person: who } of asked)
      expect(idle.map(({ session }) => session)).toContain(sessionId(who, of));
    const engine = memoryWorld({ store: memori.memori.stores.memories });
    engine.tick(Date.now() - engine.now().getTime());
    const facts = asked.map((message) => ({ text: 'Branch 12 had a broken till', message }));
    expect(await engine.memories.note(facts)).toBe(2);

    const commanded = async (text: string, as: string, channel = 'general') =>
      textOf(await memori.command(`/memori memory ${text}`, as, channel));
    expect(await commanded('list', 'tom')).toMatch(/Branch 12 had a broken till[\s\S]*this thread/);
    expect(await commanded('search broken till', 'tom')).toContain('Branch 12 had a broken till');
    expect(await commanded('list', 'tom', 'analytics')).not.toContain('Branch 12 had a broken till');
    expect(await commanded('list', 'tom', 'dm')).not.toContain('Branch 12 had a broken till');
    expect(await commanded('forget 1', 'tom')).toContain('Someone else');
    const [, number] = /(\d)\. Branch 12/.exec(await commanded('list', 'maya')) ?? [];
    expect(await commanded(`pin ${number}`, 'maya')).toContain('Branch 12 had a broken till');
    const list = await memori.command('/memori memory list', 'maya', 'general');
    await memori.press('maya', list, 'Forget');
    expect(await commanded('list', 'tom')).not.toContain('Branch 12 had a broken till');

    await memori.slack.openHome({ as: 'maya' });
    const home = await memori.slack.waitFor(() => memori.slack.home('maya'));
    expect(textOf(home)).toMatch(/Branch 12 had a broken till[\s\S]*only you/);
    expect(await commanded('search broken till', 'maya', 'dm')).toContain('Branch 12 had a broken till');
    await commanded('forget all confirm', 'maya', 'dm');
    expect(await commanded('search broken till', 'maya', 'dm')).not.toContain('Branch 12 had a broken till');
  });
});
