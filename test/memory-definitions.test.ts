import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answered } from '../src/core/answers/outcome.ts';
import { sessionId } from '../src/core/base/namespace.ts';
import type { WiderScope } from '../src/core/memory/memories.ts';
import type { Memory } from '../src/core/memory/memory.ts';
import { channel as channelPlace, dm, memoryWorld, person } from './support/memory-world.ts';
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

/** The engine over the same store, to be told things without a round trip. Its clock moves with each. */
function engineAt(time: number) {
  const engine = memoryWorld({ store: memori.memori.stores.memories });
  engine.tick(time - engine.now().getTime());
  return engine;
}

/** What people tell the bot, an hour ago, so that all of it holds by now. */
function lessons() {
  const engine = engineAt(Date.now() - 60 * 60_000);
  const of = ({ as = 'maya', channel }: Where) => {
    const user = memori.slack.people.find(({ name }) => name === as)?.id ?? '';
    const id = memori.slack.channels.find(({ name }) => name === channel)?.id ?? '';
    return [person(user, { team: memori.slack.team.id }), channel === 'dm' ? dm(user) : channelPlace(id)] as const;
  };
  return {
    teach: (text: string, where: Where) => engine.teach(text, ...of(where)),
    share: ({ id }: Memory, to: WiderScope, where: Where) => {
      const [who, place] = of(where);
      return engine.memories.share(id, to, { person: who, place, dataSources: ['shop'] });
    },
    forget: (memories: readonly Memory[], where: Where) =>
      engine.memories.forget(memories.map(({ id }) => id).join(' '), ...of(where), ['shop']),
  };
}

/** A channel and a direct message, at the same time: nothing that is taught in one is seen in the other. */
const inBoth = (channel: string, act: (where: Where) => Promise<void>) =>
  Promise.all([{ channel }, { as: 'tom', channel: 'dm' }].map(act));

describe('a definition that was taught changes the SQL of the next answer', () => {
  it.each([
    // A verified query, by a new word and by one that had another meaning.
    ['verified', 'by GMV we mean gross revenue', 'GMV last month', 'gross revenue last month'],
    ['verified', 'by revenue we mean gross revenue', 'revenue last week', 'gross revenue last week'],
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
    const { teach, forget } = lessons();
    const plain = await answer(meant, { channel: 'dm' });
    if (source === 'measured') expect(plain.source).toBe('measured');
    await inBoth('analytics', async (where) => {
      const memory = await teach(lesson, where);
      const taught = await answer(question, where);
      expect(taught.sql).toBe(plain.sql);
      expect(taught).toMatchObject({ source: plain.source, memories: [{ text: expect.any(String) }] });
      expect(taught.shown).toMatch(/as defined for|按定义/);
      await forget([memory], where);
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
    const { teach, forget } = lessons();
    await inBoth('general', async (where) => {
      expect((await answer(question, where)).sql).toBe('SELECT 0 AS days');
      const memory = await teach(lesson, where);
      const taught = await answer(question, where);
      expect(taught).toMatchObject({ sql, source: 'model' });
      expect(taught.shown).toMatch(/as defined for|按定义/);
      await forget([memory], where);
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

  it('one’s own over the channel’s over the data source’s over the workspace’s, in each kind of answer, and says which', async () => {
    const kinds = [
      { source: 'verified', term: 'proceeds', one: 'gross revenue', other: 'net revenue', ask: 'proceeds last month' },
      {
        source: 'measured',
        term: 'VIPs',
        one: 'business customers',
        other: 'hospitality customers',
        ask: 'how many VIPs in Germany',
      },
      {
        source: 'model',
        term: 'sleepers',
        one: 'no order in 31 days',
        other: 'no order in 62 days',
        ask: 'how xyzzy are the sleepers',
      },
    ];
    const { teach, share, forget } = lessons();
    const [channel, own] = [{ channel: 'analytics' }, { channel: 'dm' }];
    const learn = (which: 'one' | 'other', where: Where, to?: WiderScope) =>
      Promise.all(
        kinds.map(async (kind) => {
          const memory = await teach(`by ${kind.term} we mean ${kind[which]}`, where);
          return to === undefined ? memory : share(memory, to, where);
        }),
      );
    const applied = async (scope: string, where: Where) => {
      const given = await Promise.all(kinds.map(({ ask }) => answer(ask, where)));
      for (const [at, { term, source }] of kinds.entries()) {
        expect(given[at]?.shown).toContain(`“${term}” as defined for ${scope}`);
        expect(given[at]?.source).toBe(source);
      }
      return given.map(({ sql }) => sql);
    };
    const wide = await learn('one', channel, { type: 'workspace', id: memori.slack.team.id });
    const one = await applied('the whole workspace', channel);
    const ofShop = await learn('other', channel, { type: 'datasource', id: 'shop' });
    const other = await applied('this data source', channel);
    for (const [at, sql] of one.entries()) expect(other[at]).not.toBe(sql);
    const here = await learn('one', channel);
    expect(await applied('this channel', channel)).toEqual(one);
    expect(await applied('this data source', own)).toEqual(other);
    const mine = await learn('one', own);
    expect(await applied('only you', own)).toEqual(one);
    await memori.press('maya', memori.slack.messages('dm', 'maya').at(-1) ?? ({} as never), 'Memories used');
    expect(textOf(memori.slack.modal('maya') ?? {})).toContain(
      'which goes before the definition for this data source, the whole workspace',
    );
    await memori.slack.closeView({ as: 'maya' });
    await forget([...wide, ...ofShop, ...here], channel);
    await forget(mine, own);
  });
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
    const facts = asked.map((message) => ({ text: 'Branch 12 had a broken till', message }));
    expect(await engineAt(Date.now()).memories.note(facts)).toBe(2);

    const commanded = async (text: string, as: string, channel = 'general') =>
      textOf(await memori.command(`/memori memory ${text}`, as, channel));
    expect(await commanded('list', 'tom')).toMatch(/Branch 12 had a broken till[\s\S]*this thread/);
    expect(await commanded('search broken till', 'tom')).toContain('Branch 12 had a broken till');
    expect(await commanded('list', 'tom', 'analytics')).not.toContain('Branch 12 had a broken till');
    expect(await commanded('list', 'tom', 'dm')).not.toContain('Branch 12 had a broken till');
    expect(await commanded('forget 1', 'tom')).toContain('Someone else');
    const numberOf = async (channel: string) => /(\d+)\. Branch 12/.exec(await commanded('list', 'maya', channel))?.[1];
    expect(await commanded(`pin ${await numberOf('general')}`, 'maya')).toContain('Branch 12 had a broken till');
    const list = await memori.command('/memori memory list', 'maya', 'general');
    await memori.press('maya', list, 'Forget');
    expect(await commanded('list', 'tom')).not.toContain('Branch 12 had a broken till');

    await memori.slack.openHome({ as: 'maya' });
    const home = await memori.slack.waitFor(() => memori.slack.home('maya'));
    expect(textOf(home)).toMatch(/Branch 12 had a broken till[\s\S]*only you/);
    expect(await commanded('search broken till', 'maya', 'dm')).toContain('Branch 12 had a broken till');
    await commanded(`forget ${await numberOf('dm')} confirm`, 'maya', 'dm');
    expect(await commanded('search broken till', 'maya', 'dm')).not.toContain('Branch 12 had a broken till');
  });
});
