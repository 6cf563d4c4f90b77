import { afterEach, describe, expect, it } from '@jest/globals';
import type { App, Context, ReceiverEvent } from '@slack/bolt';
import type { Answered, Outcome } from '../src/core/answers/outcome.ts';
import type { Question } from '../src/core/base/question.ts';
import { createAnswerMessage } from '../src/slack/answer-message.ts';
import { createBoltApp } from '../src/slack/bolt-app.ts';
import { createClients } from '../src/slack/clients.ts';
import { createDirectory } from '../src/slack/directory.ts';
import { createIntake, type Delivery, deliveryOf } from '../src/slack/intake.ts';
import { createReply } from '../src/slack/reply.ts';
import { createSlackLogger } from '../src/slack/slack-logger.ts';
import { createSurface } from '../src/slack/surface.ts';
import { createSurfaces } from '../src/slack/surfaces.ts';
import { ada } from './support/ada.ts';
import { arrivalOf } from './support/arrivals.ts';
import { answered } from './support/outcomes.ts';
import { type Answer, type ApiCall, type SlackApi, startSlackApi } from './support/slack-api.ts';
import { createTestReceiver, fakeMemory, fakePorts } from './support/slack-fakes.ts';
import { withoutWaiting, withTestTimers } from './support/test-timers.ts';

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const question: Question = {
  id: 'T1:C1:1.2',
  text: 'revenue by month',
  person: ada,
  place: { kind: 'channel', channel: 'C1', isPrivate: false, thread: '1.0' },
  askedAt: new Date('2026-03-01T12:00:00Z'),
  origin: 'message',
};

let api: SlackApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const recorded = (): SlackApi => {
  if (api === undefined) throw new Error('the API is started first');
  return api;
};

async function startReply(answer: (call: ApiCall) => Answer | Promise<Answer> = () => undefined, isLeftBehind = false) {
  api = await startSlackApi(answer);
  const clients = createClients({ slackApiUrl: api.url, logger: createSlackLogger(logger) })('xoxb-test');
  const charts = { png: async () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]) };
  return createReply({ clients, arrival: arrivalOf(question), charts, logger, isLeftBehind, person: () => ada });
}

const expense = { ms: 10, costMicroUsd: 0 };
/** A reply that was opened and finished. */
async function startAnswered(answer?: (call: ApiCall) => Answer, change: Partial<Answered> = {}) {
  const reply = await startReply(answer);
  await reply.open(undefined);
  await reply.finish(answered(change), expense, 'a');
}
const lastUpdate = () => recorded().of('chat.update').at(-1);
/** A Slack that answers a method with an error, when the call is such a one. */
const failing =
  (method: string, error: string, isSuch: (call: ApiCall) => boolean = () => true) =>
  (call: ApiCall): Answer =>
    call.method === method && isSuch(call) ? { ok: false, error } : undefined;
const blockTypes = (args: Readonly<Record<string, unknown>> | undefined): string[] =>
  ((args?.blocks ?? []) as { type: string }[]).map(({ type }) => type);
const has = ({ args }: ApiCall, type: string): boolean => JSON.stringify(args.blocks ?? []).includes(`"${type}"`);

describe('the reply', () => {
  it('posts once, with metadata and nothing unfurled, and edits that message into the answer', async () => {
    const reply = await startReply();
    const ts = await reply.open(undefined);
    await reply.finish(answered(), expense, 'T1:C1:1.2#1');
    expect(recorded().of('chat.postMessage')).toEqual([
      expect.objectContaining({
        channel: 'C1',
        thread_ts: '1.0',
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: 'memori_answer', event_payload: { question: 'T1:C1:1.2' } },
      }),
    ]);
    expect(lastUpdate()).toMatchObject({
      ts,
      channel: 'C1',
      text: 'Revenue was 1,234.50 in March 2026.',
    });
    expect(recorded().of('files.getUploadURLExternal')).toEqual([]);
  });

  it('takes over the message of an earlier attempt', async () => {
    const reply = await startReply();
    expect(await reply.open('9.9')).toBe('9.9');
    await reply.finish(answered(), expense, 'a');
    expect(recorded().of('chat.postMessage')).toEqual([]);
    expect(lastUpdate()?.ts).toBe('9.9');
  });

  it('looks for its message when the answer to posting was lost, and does not post twice', async () => {
    const posted = { ts: '7.7', metadata: { event_type: 'memori_answer', event_payload: { question: question.id } } };
    const reply = await startReply(({ method }) =>
      method === 'chat.postMessage'
        ? 'drop'
        : method === 'conversations.replies'
          ? { messages: [{ ts: '7.6' }, posted] }
          : undefined,
    );
    expect(await reply.open(undefined)).toBe('7.7');
    expect(recorded().of('chat.postMessage')).toHaveLength(1);
  });

  it('posts again when the lost message is not there, and waits out a rate limit', async () => {
    let posts = 0;
    const reply = await startReply(({ method }) => {
      if (method === 'conversations.replies') return { messages: [] };
      if (method !== 'chat.postMessage') return undefined;
      posts += 1;
      return posts === 1 ? 'drop' : posts === 2 ? { ok: false, error: 'ratelimited', retry_after: 1 } : undefined;
    });
    await withoutWaiting(() => reply.open(undefined));
    expect(posts).toBe(3);
  });

  it.each([
    ['the chart', (call: ApiCall) => has(call, 'data_visualization'), ['data_table']],
    ['chart and table', (call: ApiCall) => has(call, 'data_visualization') || has(call, 'data_table'), ['rich_text']],
    ['any blocks', (call: ApiCall) => (call.args.blocks as unknown[]).length > 0, []],
  ])('is never silent: Slack refuses %s', async (_, refuses, left) => {
    await startAnswered(failing('chat.update', 'invalid_blocks', refuses));
    const last = lastUpdate();
    expect(last?.text).toBe('Revenue was 1,234.50 in March 2026.');
    expect(blockTypes(last)).toEqual(expect.arrayContaining(left));
    expect(recorded().of('files.completeUploadExternal')).toEqual([
      expect.objectContaining({ channel_id: 'C1', thread_ts: '1.0' }),
    ]);
  });

  it('draws a picture of a chart that Slack has no block for', async () => {
    const categories = Array.from({ length: 30 }, (_, index) => `d${index}`);
    const series = [{ name: 's', values: categories.map(() => 1) }];
    const chart = { kind: 'line', title: 't', categories, series, xLabel: '', yLabel: '' } as const;
    await startAnswered(undefined, { chart });
    // The answer does not wait for it.
    const calls = recorded().calls.map(({ method }) => method);
    expect(calls.indexOf('chat.update')).toBeLessThan(calls.indexOf('files.getUploadURLExternal'));
    expect(blockTypes(recorded().of('chat.update').at(0))).not.toContain('image');
    expect(lastUpdate()?.blocks).toContainEqual(
      expect.objectContaining({ type: 'image', slack_file: { id: 'F1' }, alt_text: 'line chart: t' }),
    );
    expect(recorded().of('files.completeUploadExternal')).toHaveLength(1);
    expect(recorded().of('files.completeUploadExternal')[0]).not.toHaveProperty('channel_id');
  });

  it('posts that picture as a file when Slack refuses it in the message', async () => {
    const series = [{ name: 's', values: [1, null] }];
    const chart = { kind: 'bar', title: 't', categories: ['a', 'b'], series, xLabel: '', yLabel: '' } as const;
    await startAnswered(
      failing('chat.update', 'invalid_blocks', (call) => has(call, 'image')),
      { chart },
    );
    expect(blockTypes(lastUpdate())).toContain('data_table');
    expect(recorded().of('files.completeUploadExternal').at(-1)).toMatchObject({ channel_id: 'C1', thread_ts: '1.0' });
  });

  it('does not bring an answer back that was deleted while its picture was drawn', async () => {
    const chart = { kind: 'bar', title: 't', categories: ['a'], series: [], xLabel: '', yLabel: '' } as const;
    await startAnswered(
      failing('chat.update', 'message_not_found', (call) => has(call, 'image')),
      { chart },
    );
    expect(recorded().of('chat.postMessage')).toHaveLength(1);
    expect(recorded().of('files.completeUploadExternal')).toHaveLength(1);
  });

  it('posts again when its message was deleted meanwhile', async () => {
    await startAnswered(failing('chat.update', 'message_not_found'));
    expect(recorded().of('chat.postMessage').at(-1)?.text).toBe('Revenue was 1,234.50 in March 2026.');
  });

  it('lets no progress overtake the answer, and does not call again what Slack does not have', () =>
    withTestTimers(async (pass) => {
      const reply = await startReply(failing('assistant.threads.setStatus', 'unknown_method'));
      await reply.open(undefined);
      reply.progress('recalling');
      await pass(1300);
      for (const step of ['reading_schema', 'checking', 'running'] as const) reply.progress(step);
      await reply.finish(answered(), expense, 'a');
      await pass(1500);
      const updates = recorded().of('chat.update');
      expect(updates.at(-1)?.text).toBe('Revenue was 1,234.50 in March 2026.');
      expect(updates).toHaveLength(2);
      expect(recorded().of('assistant.threads.setStatus')).toHaveLength(1);
    }));

  it('tells Slack that it works only once an answer takes long enough to be waited for', () =>
    withTestTimers(async (pass) => {
      const quick = await startReply();
      await quick.open(undefined);
      quick.progress('recalling');
      await quick.finish(answered(), expense, 'a');
      await pass(400);
      expect(recorded().calls.map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.update']);
      await recorded().close();

      const slow = await startReply();
      await slow.open(undefined);
      slow.progress('recalling');
      await pass(400);
      const sessions = () => recorded().of('agents.sessions.setStatus');
      const lines = () => recorded().of('assistant.threads.setStatus');
      expect([sessions(), lines()].map((calls) => calls.map(({ status }) => status))).toEqual([
        ['processing'],
        [expect.stringMatching(/./)],
      ]);
      await slow.finish(answered(), expense, 'a');
      await pass(400);
      expect([sessions().at(-1)?.status, lines().at(-1)?.status]).toEqual(['active', '']);
    }));

  it('does not tell Slack of an answer that is there when its placeholder is, however long that took', () =>
    withTestTimers(async (pass) => {
      const late = async (): Promise<undefined> => {
        await pass(400);
      };
      const reply = await startReply(({ method }) => (method === 'chat.postMessage' ? late() : undefined));
      const opening = reply.open(undefined);
      reply.progress('recalling');
      await opening;
      await reply.finish(answered(), expense, 'a');
      await pass(400);
      expect(recorded().calls.map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.update']);
    }));

  it('takes away what an earlier attempt had told Slack, however quick it is itself', () =>
    withTestTimers(async (pass) => {
      const reply = await startReply(undefined, true);
      await reply.open('9.9');
      await reply.finish(answered(), expense, 'a');
      await pass(200);
      const calls = recorded().calls.map(({ method, args }) => [method, args.status]);
      expect(calls).toContainEqual(['assistant.threads.setStatus', '']);
      expect(calls).toContainEqual(['agents.sessions.setStatus', 'active']);
    }));

  it('fails loudly when Slack takes nothing at all, so that it is tried again, and leaves no sign that it works', async () => {
    const reply = await startReply(failing('chat.update', 'is_archived'), true);
    await reply.open('9.9');
    await expect(reply.finish(answered(), expense, 'a')).rejects.toThrow('is_archived');
    expect(recorded().of('agents.sessions.setStatus').at(-1)?.status).toBe('active');
    expect(recorded().of('assistant.threads.setStatus').at(-1)?.status).toBe('');
  });

  it('does not give up the sign at the first trouble of Slack', async () => {
    let calls = 0;
    const reply = await startReply(({ method }) => {
      calls += method === 'agents.sessions.setStatus' ? 1 : 0;
      return method === 'agents.sessions.setStatus' && calls < 3 ? { ok: false, error: 'internal_error' } : undefined;
    }, true);
    await reply.open('9.9');
    await reply.finish(answered(), expense, 'a');
    expect(calls).toBe(3);
  });
});

describe('the message of an answer', () => {
  const startMessage = async (answer?: (call: ApiCall) => Answer, isLeftBehind = false) => {
    api = await startSlackApi(answer ?? (() => undefined));
    const clients = createClients({ slackApiUrl: api.url, logger: createSlackLogger(logger) })('xoxb-test');
    return createAnswerMessage({ clients, channel: 'C1', thread: '1.0', question: question.id, isLeftBehind });
  };
  const content = (text: string) => ({ text, blocks: [] });
  const ours = (ts: string) => ({
    ts,
    metadata: { event_type: 'memori_answer', event_payload: { question: question.id } },
  });

  it.each(['lost', 'carried out at some time'])(
    'is another one when it is not known what became of an edit (%s): a late edit finds nothing to overwrite',
    async (kind) => {
      let edits = 0;
      const message = await startMessage(({ method }) => {
        edits += method === 'chat.update' ? 1 : 0;
        if (method !== 'chat.update' || edits > 1) return undefined;
        return kind === 'lost' ? 'drop' : { ok: false, error: 'fatal_error' };
      });
      const first = await message.open(() => content('On it'), undefined);
      await message.edit(content('Running it'));
      await message.finish(content('the answer'));
      expect(recorded().of('chat.delete')).toEqual([{ channel: 'C1', ts: first }]);
      expect(recorded().of('chat.postMessage').at(-1)?.text).toBe('the answer');
      expect(recorded().of('chat.update')).toHaveLength(1);
      expect(message.ts()).not.toBe(first);
    },
  );

  it.each([
    'internal_error',
    'service_unavailable',
    'fatal_error',
    'request_timeout',
    'ratelimited',
    '<html>no</html>',
  ])('is written although Slack says %s once', async (error) => {
    let fails = 1;
    const message = await startMessage(({ method }) => {
      const isFailing = method === 'chat.update' && fails > 0;
      fails -= isFailing ? 1 : 0;
      return isFailing ? { ok: false, error } : undefined;
    });
    await message.open(() => content('On it'), undefined);
    await message.finish(content('the answer'));
    expect(recorded().of('chat.update')).toHaveLength(2);
  });

  it('is not posted twice when Slack posts it and says that it failed', async () => {
    const message = await startMessage(({ method }) => {
      if (method === 'chat.postMessage') return { ok: false, error: 'fatal_error' };
      return method === 'conversations.replies' ? { messages: [ours('7.7')] } : undefined;
    });
    expect(await message.open(() => content('On it'), undefined)).toBe('7.7');
    expect(recorded().of('chat.postMessage')).toHaveLength(1);
  });

  it('is alone in the end, although a post that was lost appears after it was posted again', async () => {
    let looks = 0;
    let posts = 0;
    const message = await startMessage(({ method }) => {
      if (method === 'conversations.replies') {
        looks += 1;
        return { messages: looks === 1 ? [] : [ours('7.7')] };
      }
      posts += method === 'chat.postMessage' ? 1 : 0;
      return method === 'chat.postMessage' && posts === 1 ? 'drop' : undefined;
    });
    await message.open(() => content('On it'), undefined);
    await message.finish(content('the answer'));
    await message.tidy(AbortSignal.abort());
    expect(recorded().of('chat.delete')[0]).toEqual({ channel: 'C1', ts: '7.7' });
  });

  it('of an earlier attempt that had posted the answer already is that one', async () => {
    const message = await startMessage(({ method, args }) => {
      if (method === 'conversations.replies') return { messages: [ours('8.8')] };
      return method === 'chat.update' && args.ts === '7.7' ? { ok: false, error: 'message_not_found' } : undefined;
    }, true);
    await message.open(() => content('On it'), '7.7');
    await message.finish(content('the answer'));
    expect(recorded().of('chat.postMessage')).toEqual([]);
    expect(lastUpdate()).toMatchObject({ ts: '8.8', text: 'the answer' });
  });

  it('that Slack does not let us edit any more is taken away when the answer is posted again', async () => {
    const message = await startMessage(failing('chat.update', 'edit_window_closed'));
    const first = await message.open(() => content('On it'), undefined);
    await message.finish(content('the answer'));
    expect(recorded().of('chat.delete')).toEqual([{ channel: 'C1', ts: first }]);
  });
});

describe('who asks', () => {
  it.each([
    ['does not answer', () => new Promise<undefined>(() => {})],
    ['limits us for half a minute', () => ({ ok: false, error: 'ratelimited', retry_after: 30 })],
  ])('is looked up beside the first sign: it does not wait although Slack %s', async (_, answer) => {
    api = await startSlackApi(({ method }) =>
      method === 'users.info' || method === 'conversations.info' ? answer() : undefined,
    );
    const clients = createClients({ slackApiUrl: api.url, logger: createSlackLogger(logger) })('xoxb-test');
    const { clock } = fakePorts().deps.ops;
    const directory = createDirectory(clock, logger, 400);
    const { charts } = fakePorts().deps.files;
    const surface = createSurface({ clients, directory, charts, logger }, arrivalOf(question));
    let known = false;
    const asking = surface.question().then((found) => {
      known = true;
      return found;
    });
    expect(await surface.admit()).toBe(true);
    await surface.reply.open(undefined);
    expect([known, recorded().of('chat.postMessage').length]).toEqual([false, 1]);
    expect(await asking).toMatchObject({ person: { user: ada.user, admin: false }, place: { isPrivate: true } });
  });
});

describe('an event', () => {
  const body = { type: 'event_callback', event: { type: 'message' } };

  /** An app whose one listener does this with the delivery. */
  async function startIntake(listener: (delivery: Delivery) => Promise<void>) {
    const happened: string[] = [];
    const receiver = createTestReceiver();
    const intake = createIntake(receiver);
    const app = {
      processEvent: async ({ ack, customProperties }: ReceiverEvent) => {
        await ack();
        await listener(deliveryOf(customProperties as Context));
        happened.push('listened');
      },
    };
    intake.receiver.init(app as unknown as App);
    const send = () =>
      receiver.send(body).then((acked) => void happened.push(acked === undefined ? 'not' : 'acknowledged'));
    return { intake, happened, send };
  }

  it('is acknowledged by the listener that has kept it, and by nobody before', async () => {
    const kept: string[] = [];
    const { intake, send, happened } = await startIntake(async ({ acknowledge }) => {
      kept.push('kept');
      await acknowledge();
    });
    await intake.receiver.start();
    await send();
    expect([kept, happened]).toEqual([['kept'], ['listened', 'acknowledged']]);
  });

  it('that nobody keeps is acknowledged in the end; one that could not be kept is not', async () => {
    const nobody = await startIntake(async () => undefined);
    await nobody.intake.receiver.start();
    await nobody.send();
    expect(nobody.happened).toEqual(['listened', 'acknowledged']);
    const broken = await startIntake(async ({ refuse }) => refuse(new Error('the store is away')));
    await broken.intake.receiver.start();
    await expect(broken.send()).rejects.toThrow('the store is away');
  });

  it('is not taken before the start and after the stop', async () => {
    const { intake, send, happened } = await startIntake(async ({ acknowledge }) => acknowledge());
    await expect(send()).rejects.toThrow('not taken');
    await intake.receiver.start();
    await send();
    intake.close();
    await expect(send()).rejects.toThrow('not taken');
    expect(happened).toEqual(['listened', 'acknowledged']);
  });
});

type Users = Readonly<Record<string, object>>;
const users: Users = {
  U1: { team_id: 'T1', real_name: 'Ada', tz: 'Europe/Berlin', locale: 'en-US' },
  U2: { team_id: 'T1', real_name: 'Bo', locale: 'zh-CN' },
  UADM: { team_id: 'T1', real_name: 'Cleo', is_admin: true },
  UEXT: { team_id: 'T2', real_name: 'Eve', is_stranger: true },
};

const by = (id: string) => ({ user: { id, team_id: id === 'UEXT' ? 'T2' : 'T1' } });
/** A click in a view is in no message. */
const within = (view: object) => ({ channel: undefined, message: undefined, view });
const answerView = { id: 'V1', type: 'modal', private_metadata: 'T1:C1:1.2#1' };
/** What a modal sends; its one input is named as its block is. */
const submission = (callback_id: string, private_metadata: string, input: string, value: string, user = 'U1') => ({
  type: 'view_submission',
  team: { id: 'T1' },
  user: { id: user, team_id: 'T1' },
  view: { callback_id, private_metadata, hash: 'h1', state: { values: { [input]: { [input]: { value } } } } },
});

async function startEdge(answer: (call: ApiCall) => Answer = () => undefined) {
  api = await startSlackApi((call) => {
    const said = answer(call);
    if (said !== undefined) return said;
    if (call.method === 'users.info') return { user: users[String(call.args.user)] };
    if (call.method === 'conversations.info') return { channel: { is_private: call.args.channel === 'CPRIV' } };
    return undefined;
  });
  const fakes = fakePorts();
  const receiver = createTestReceiver();
  const authorize = async () => ({ botToken: 'xoxb-test', botUserId: 'UBOT', botId: 'BBOT', teamId: 'T1' });
  const { app } = createBoltApp({
    connection: { kind: 'receiver', receiver },
    authorization: { kind: 'authorize', authorize },
    slackApiUrl: api.url,
    deps: fakes.deps,
  });
  await app.init();
  await app.start();
  const event = (fields: object, outer: object = {}) =>
    receiver.send({
      type: 'event_callback',
      team_id: 'T1',
      event: { user: 'U1', channel: 'C1', ts: '5.5', text: 'hi', ...fields },
      ...outer,
    });
  const click = (action: object, fields: object = {}) =>
    receiver.send({
      type: 'block_actions',
      container: { type: 'message' },
      team: { id: 'T1' },
      user: { id: 'U1', team_id: 'T1' },
      channel: { id: 'C1' },
      message: { ts: '1.3', thread_ts: '1.0' },
      trigger_id: 'trigger',
      response_url: `${api?.url}response`,
      actions: [{ type: 'button', block_id: 'b', action_ts: '8.8', ...action }],
      ...fields,
    });
  const command = async (text: string, fields: object = {}) => {
    const before = recorded().of('response').length;
    const body = {
      command: '/memori',
      text,
      user_id: 'U1',
      team_id: 'T1',
      channel_id: 'C1',
      response_url: `${api?.url}response`,
    };
    await receiver.send({ ...body, ...fields });
    return recorded()
      .of('response')
      .slice(before)
      .map((args) => JSON.stringify(args))
      .join();
  };
  const record = (outcome: Outcome = answered(), change: Partial<Question> = {}) => {
    const id = 'T1:C1:1.2#1';
    fakes.records.set(id, {
      id,
      question: { ...question, ...change },
      outcome,
      replyTs: '1.3',
      answeredAt: question.askedAt,
      ms: 1,
      costMicroUsd: 0,
    });
    return id;
  };
  const told = () =>
    recorded()
      .of('chat.postEphemeral')
      .map(({ text }) => String(text));
  return { ...fakes, receiver, event, click, command, record, told };
}

describe('messages', () => {
  it('a mention and the message it comes with are one question', async () => {
    const { asked, event } = await startEdge();
    await event({ type: 'app_mention', text: '<@UBOT> revenue by month' });
    await event({ type: 'message', channel_type: 'channel', text: '<@UBOT> revenue by month' });
    expect(asked.questions.map(({ id, text }) => [id, text])).toEqual([
      ['T1:C1:5.5', 'revenue by month'],
      ['T1:C1:5.5', 'revenue by month'],
    ]);
    expect(asked.questions[0]).toMatchObject({
      place: { kind: 'channel', channel: 'C1', thread: '5.5', isPrivate: false },
      person: { user: 'U1', name: 'Ada', locale: 'en', timeZone: 'Europe/Berlin', external: false, admin: false },
    });
  });

  it.each([
    ['an edit', { type: 'message', channel_type: 'im', subtype: 'message_changed', hidden: true }],
    ['an edit that comes as a message', { type: 'message', channel_type: 'im', edited: { user: 'U1', ts: '6' } }],
    ['a hidden message', { type: 'message', channel_type: 'im', hidden: true }],
    ['an edited mention', { type: 'app_mention', edited: { user: 'U1', ts: '6' } }],
    ['a bot', { type: 'message', channel_type: 'im', bot_id: 'B2' }],
    ['ourselves', { type: 'message', channel_type: 'im', user: 'UBOT' }],
    ['a join', { type: 'message', channel_type: 'channel', subtype: 'channel_join' }],
    ['channel talk', { type: 'message', channel_type: 'channel' }],
    ['a thread we are not in', { type: 'message', channel_type: 'channel', thread_ts: '4.4' }],
    [
      'someone else addressed in our thread',
      { type: 'message', channel_type: 'channel', thread_ts: '1.0', text: '<@U2> look' },
    ],
  ])('skips %s', async (_, fields) => {
    const { asked, event, ownThreads } = await startEdge();
    ownThreads.add('T1:C1:1.0');
    await event(fields);
    expect(asked.questions).toEqual([]);
  });

  it.each([
    [
      'a direct message',
      { type: 'message', channel_type: 'im', channel: 'D1' },
      { kind: 'dm', isPrivate: true, thread: '5.5' },
    ],
    [
      'a file with a question',
      { type: 'message', channel_type: 'im', channel: 'D1', subtype: 'file_share' },
      { kind: 'dm' },
    ],
    [
      'a follow-up in our thread',
      { type: 'message', channel_type: 'channel', thread_ts: '1.0' },
      { thread: '1.0', kind: 'channel' },
    ],
    ['a private channel', { type: 'app_mention', channel: 'CPRIV' }, { kind: 'channel', isPrivate: true }],
  ])('answers %s', async (_, fields, place) => {
    const { asked, event, ownThreads } = await startEdge();
    ownThreads.add('T1:C1:1.0');
    await event(fields);
    expect(asked.questions).toEqual([expect.objectContaining({ text: 'hi', place: expect.objectContaining(place) })]);
  });

  it('knows admins and Chinese profiles, refuses strangers to their face alone, asks Slack once for each', async () => {
    const { asked, event, told } = await startEdge();
    for (const user of ['UEXT', 'UADM', 'U2', 'U2']) await event({ type: 'app_mention', user });
    expect(asked.questions.map(({ person }) => [person.admin, person.locale])).toEqual([
      [true, 'en'],
      [false, 'zh'],
      [false, 'zh'],
    ]);
    expect(told()).toEqual([expect.stringContaining('members of this workspace only')]);
    expect(recorded().of('users.info')).toHaveLength(3);
  });

  it('trusts nobody in a shared channel when Slack does not say who it is, and calls the channel private', async () => {
    const { asked, event, told } = await startEdge(({ method }) =>
      method === 'users.info' || method === 'conversations.info' ? { ok: false, error: 'internal_error' } : undefined,
    );
    await event({ type: 'app_mention', ts: '1.1' }, { is_ext_shared_channel: true });
    await event({ type: 'app_mention', ts: '1.2', user_team: 'T2' });
    await event({ type: 'app_mention', ts: '1.3' });
    expect(told()).toHaveLength(2);
    expect(asked.questions).toEqual([
      expect.objectContaining({
        id: 'T1:C1:1.3',
        person: expect.objectContaining({ external: false, admin: false }),
        place: expect.objectContaining({ isPrivate: true }),
      }),
    ]);
  });

  it('tells the person and the operators about a bug, with one reference', async () => {
    const { event, told, asked } = await startEdge();
    await expect(event({ type: 'app_mention', text: '<@UBOT> crash' })).rejects.toThrow('a bug');
    expect(told()[0]).toMatch(/reference is [0-9a-f]{8}/);
    expect(asked.alerts).toEqual(['Unexpected error in question']);
  });
});

describe('buttons', () => {
  const sameAnswer = { value: 'T1:C1:1.2#1' };

  it('run again as the person who clicked; on a failed answer the question is asked again', async () => {
    const { asked, click, record } = await startEdge();
    record();
    await click({ action_id: 'run_again', ...sameAnswer }, by('U2'));
    expect(asked.again).toHaveLength(1);
    expect(asked.questions[0]).toMatchObject({
      id: 'T1:C1:8.8',
      origin: 'click',
      person: { user: 'U2' },
      place: { thread: '1.0' },
    });
    record({ status: 'error', code: 'internal', text: 'x', sql: undefined, reference: 'r', suggestions: [] });
    await click({ action_id: 'run_again', ...sameAnswer });
    expect(asked.again).toHaveLength(1);
    expect(asked.questions).toHaveLength(2);
  });

  it('ask a suggestion by its place in the answer', async () => {
    const { asked, click, record } = await startEdge();
    record();
    await click({ action_id: 'suggestion_1', value: 'T1:C1:1.2#1|1' });
    expect(asked.questions.map(({ text }) => text)).toEqual(['And the year before?']);
  });

  it.each(['run_again', 'edit_sql', 'csv', 'details', 'memories_used', 'feedback', 'trash', 'suggestion_0'])(
    '%s does nothing for a stale answer, another channel, or a stranger, and says so',
    async (action_id) => {
      const { asked, click, record, told } = await startEdge();
      await click({ action_id, ...sameAnswer });
      record();
      await click({ action_id, ...sameAnswer }, { channel: { id: 'C2' } });
      await click({ action_id, ...sameAnswer }, by('UEXT'));
      await click({ action_id, value: 'T2:C1:1.2#1' });
      expect(told()).toHaveLength(4);
      expect([asked.questions, asked.feedback, asked.again]).toEqual([[], [], []]);
      for (const method of ['views.open', 'chat.delete', 'files.getUploadURLExternal'])
        expect(recorded().of(method)).toEqual([]);
    },
  );

  it('the bin is for the asker and for admins', async () => {
    const { asked, click, record, told } = await startEdge();
    record();
    await click({ action_id: 'trash', ...sameAnswer }, by('U2'));
    expect(told()).toEqual(['只有提问者或工作区管理员可以这样做。']);
    await click({ action_id: 'trash', ...sameAnswer });
    await click({ action_id: 'trash', ...sameAnswer }, by('UADM'));
    expect(recorded().of('chat.delete')).toEqual([
      { channel: 'C1', ts: '1.3' },
      { channel: 'C1', ts: '1.3' },
    ]);
    expect(asked.audit.map(({ action, user }) => [action, user])).toEqual([
      ['delete answer', 'U1'],
      ['delete answer', 'UADM'],
    ]);
  });

  it('feedback is kept, the CSV is posted to the thread under a harmless name', async () => {
    const { asked, click, record } = await startEdge();
    record(answered({ verified: undefined }), { text: '../../<!channel> revenue\u202E' });
    await click({ action_id: 'feedback', type: 'feedback_buttons', value: 'T1:C1:1.2#1|bad' });
    expect(asked.feedback).toEqual(['T1:C1:1.2#1 U1 bad']);
    await click({ action_id: 'csv', ...sameAnswer });
    expect(recorded().of('files.getUploadURLExternal')[0]?.filename).toBe('channel-revenue-2026-03-01.csv');
    expect(recorded().of('files.completeUploadExternal')[0]).toMatchObject({ channel_id: 'C1', thread_ts: '1.0' });
  });

  it('stop ends what runs in that very thread, for the person who asked', async () => {
    const { asked, click, event, told } = await startEdge();
    await click({ action_id: 'stop', value: 'T1:C1:1.0|U2' });
    await click({ action_id: 'stop', value: 'T1:C9:1.0|U1' });
    expect([asked.stopped, told().length]).toEqual([[], 2]);
    await click({ action_id: 'stop', value: 'T1:C1:1.0|U1' });
    await event({ type: 'agent_session_stopped', channel: 'D1', thread_ts: '2.0' });
    expect(asked.stopped).toEqual(['T1:C1:1.0', 'T1:D1:2.0']);
  });

  it('memories used: only those the viewer may see; forgetting redraws the modal', async () => {
    const { asked, click, memories, record } = await startEdge();
    const source = { author: 'U1', channel: 'C1', ts: '1.2' };
    memories.push({ ...fakeMemory('m1', 'revenue is net of refunds'), source }, fakeMemory('m2', 'not used here'));
    record(
      answered({
        memories: [
          { id: 'm1', text: 'x' },
          { id: 'secret', text: 'private words' },
        ],
      }),
    );
    await click({ action_id: 'memories_used', ...sameAnswer });
    const opened = JSON.stringify(recorded().of('views.open')[0]);
    expect(opened).toContain('revenue is net of refunds');
    expect(opened).toContain('1 memory is personal');
    expect(opened).not.toMatch(/private words|not used here/);
    await click({ action_id: 'memory_forget', value: 'm1' }, within(answerView));
    expect(asked.forgotten).toEqual([expect.objectContaining({ id: 'm1', place: question.place })]);
    expect(JSON.stringify(recorded().of('views.update')[0])).not.toContain('net of refunds');
    expect(asked.audit.map(({ action, target, result }) => [action, target, result])).toEqual([
      ['command memory forget', 'm1', 'ok'],
    ]);
  });
});

describe('the SQL modal', () => {
  const submit = (sql: string, user?: string) => submission('edit_sql_view', 'T1:C1:1.2#1', 'sql', sql, user);

  it('opens with the SQL, says under the field what the guard refuses, and answers in the thread', async () => {
    const { asked, click, receiver, record } = await startEdge();
    record();
    await click({ action_id: 'edit_sql', value: 'T1:C1:1.2#1' });
    expect(JSON.stringify(recorded().of('views.open')[0])).toContain('SELECT month, revenue');
    const refused = { response_action: 'errors', errors: { sql: 'I did not run that SQL: it is not a read.' } };
    expect(await receiver.send(submit('DROP TABLE x'))).toEqual(refused);
    expect(await receiver.send(submit(' '))).toMatchObject({ errors: { sql: 'Write one SELECT statement.' } });
    expect(await receiver.send(submit('SELECT 1', 'UEXT'))).toMatchObject({ response_action: 'errors' });
    expect(recorded().of('chat.postMessage')).toEqual([]);
    expect(await receiver.send(submit('SELECT 1'))).toBe('ok');
    expect(asked.sql).toEqual(['SELECT 1']);
    expect(asked.questions[0]).toMatchObject({ place: { channel: 'C1', thread: '1.0' }, origin: 'click' });
    expect(recorded().of('chat.postMessage')[0]).toMatchObject({ thread_ts: '1.0' });
  });
});

describe('/memori', () => {
  it('answers each command to the person alone, and audits it', async () => {
    const { asked, command, memories } = await startEdge();
    expect(await command('')).toContain('/memori memory forget');
    expect(await command('help')).toContain('what has been spent today');
    expect(await command('budget')).toContain('Budget');
    expect(await command('memory add revenue is net')).toContain('Remembered (this channel): revenue is net');
    expect(await command('memory list')).toContain('1. revenue is net');
    expect(await command('MEMORY  forget 1')).toContain('Forget this for good?');
    expect(await command('memory forget 1 confirm')).toContain('Forgotten for good: revenue is net (1 record deleted)');
    expect(await command('sources')).toContain('DATA_SOURCES');
    expect(await command('status')).toContain('set MONGODB_URI');
    expect(memories).toEqual([]);
    expect(recorded().of('response')).toHaveLength(9);
    expect(asked.audit.map(({ action }) => action)).toContain('command memory forget');
    expect(recorded().of('chat.postMessage')).toEqual([]);
  });

  it.each([
    ['budgt', 'Did you mean /memori budget?'],
    ['memroy list', 'Did you mean /memori memory list?'],
    ['memory', 'Did you mean /memori memory list?'],
    ['forget 3', 'Did you mean /memori memory forget?'],
    ['how much revenue', 'To ask a question, mention me'],
    ['memory add', 'Usage: /memori memory add <text>'],
    ['memory forget', 'The numbers are in /memori memory list'],
    ['memory forget 99', 'There is no such memory here'],
  ])('teaches: %s', async (typed, taught) => {
    const { command } = await startEdge();
    expect(await command(typed)).toContain(taught);
  });

  it('speaks Chinese, and not to strangers', async () => {
    const { command, asked } = await startEdge();
    expect(await command('help', { user_id: 'U2' })).toContain('我能做什么');
    expect(await command('memory list', { user_id: 'UEXT' })).toContain('members of this workspace only');
    expect(asked.audit.map(({ user }) => user)).toEqual(['U2']);
  });
});

describe('a question left behind', () => {
  it('is answered in its old message', async () => {
    api = await startSlackApi(() => undefined);
    const { charts } = fakePorts().deps.files;
    const { clock } = fakePorts().deps.ops;
    const surfaces = createSurfaces({ botToken: 'xoxb-test', slackApiUrl: api.url, charts, clock, logger });
    const { reply } = surfaces(arrivalOf(question));
    expect(await reply.open('4.4')).toBe('4.4');
    reply.progress('checking');
    await reply.finish(answered(), expense, 'a');
    expect(recorded().of('chat.postMessage')).toEqual([]);
    expect(lastUpdate()).toMatchObject({ ts: '4.4', channel: 'C1' });
  });
});

describe('the app home', () => {
  it('is drawn for the person, and an example asks in their direct message', async () => {
    const { asked, click, event } = await startEdge();
    await event({ type: 'app_home_opened', tab: 'home', channel: 'D1' });
    expect(JSON.stringify(recorded().of('views.publish')[0])).toContain('Revenue by month');
    await click({ action_id: 'example_1', value: '1' }, within({ id: 'V1', type: 'home', private_metadata: '' }));
    expect(recorded().of('chat.postMessage')[0]).toMatchObject({
      channel: 'D9',
      text: 'Ada asked: Top 5 customers',
      unfurl_links: false,
    });
    expect(asked.questions[0]).toMatchObject({ text: 'Top 5 customers', place: { kind: 'dm', channel: 'D9' } });
  });

  it('gives the agent view questions to start with', async () => {
    const { event } = await startEdge();
    await event({ type: 'app_home_opened', tab: 'messages', channel: 'D1' });
    const [call] = recorded().of('assistant.threads.setSuggestedPrompts');
    expect(call).toMatchObject({
      channel_id: 'D1',
      prompts: [{ title: 'Revenue by month', message: 'Revenue by month' }, {}],
    });
    expect(call).not.toHaveProperty('thread_ts');
  });
});

describe('memory in Slack', () => {
  const said = { message: { ts: '1.3' }, container: { type: 'message', is_ephemeral: true } };
  const submit = (callback: string, about: string, text: string, user?: string) =>
    submission(callback, about, 'memory', text, user);

  it('searches, edits, pins, shares after a confirmation, and sets, each audited and for one person alone', async () => {
    const { asked, command, memories } = await startEdge();
    memories.push(fakeMemory('m1', 'revenue is net'), fakeMemory('m2', 'EMEA includes Turkey'));
    expect(await command('memory search EMEA')).toContain('EMEA includes Turkey');
    expect(await command('memory search nothing')).toContain('Nothing that I remember here fits');
    expect(await command('memory list')).toContain('1. revenue is net');
    expect(await command('memory edit 1 revenue is net of tax')).toContain('Changed to: revenue is net of tax');
    expect(await command('memory pin 2')).toContain('always keep this in mind');
    expect(memories[1]?.pinned).toBe(true);
    expect(await command('memory unpin 2')).toContain('use this only when');
    const question = await command('memory share 2 workspace');
    expect(question).toContain('Share this with everyone in this workspace?');
    expect(question).toContain('memory_share');
    expect(memories[1]?.scope.type).toBe('channel');
    expect(await command('memory share 2 workspace confirm')).toContain('Shared with everyone in this workspace');
    expect(memories[1]?.scope).toEqual({ type: 'workspace', id: 'T1' });
    expect(await command('memory settings')).toContain('Automatic memory is on');
    expect(await command('memory settings auto off')).toContain('Automatic memory is off');
    expect(await command('memory settings conscious off')).toContain('Conscious memory is off');
    expect(await command('memory list 2026-03-01')).toContain('revenue is net of tax');
    expect(asked.audit.every(({ result }) => result === 'ok')).toBe(true);
    expect(asked.audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(
        ['memory share', 'memory pin', 'memory edit', 'memory settings'].map((a) => `command ${a}`),
      ),
    );
    expect(recorded().of('chat.postMessage')).toEqual([]);
  });

  it.each([
    ['memory edit 1', 'Usage: /memori memory edit'],
    ['memory pin', 'The numbers are in /memori memory list'],
    ['memory share 1', 'Name the number, then workspace'],
    ['memory share 1 nowhere', 'Name the number, then workspace'],
    ['memory settings loud', 'Say auto or conscious, then on or off'],
    ['memory list yesterday', 'A day is written like 2026-03-31'],
    ['memory search', 'Usage: /memori memory search'],
    ['memory edit 9 other words', 'I cannot find that memory'],
  ])('%s is answered with what would be right', async (typed, expected) => {
    const { command, memories } = await startEdge();
    memories.push(fakeMemory('m1', 'revenue is net'));
    expect(await command(typed)).toContain(expected);
  });

  it('exports to the direct message', async () => {
    const { command, memories } = await startEdge(({ method }) =>
      method === 'conversations.open' ? { channel: { id: 'D1' } } : undefined,
    );
    expect(await command('memory export')).toContain('Nothing that I remember');
    memories.push(fakeMemory('m1', 'revenue is net'));
    expect(await command('memory export')).toContain('in our direct message');
    expect(recorded().of('files.completeUploadExternal')).toEqual([expect.objectContaining({ channel_id: 'D1' })]);
  });

  it('the list has Edit, Pin and Forget; a change redraws it', async () => {
    const { click, memories, receiver, told } = await startEdge();
    memories.push(fakeMemory('m1', 'revenue is net'));
    await click({ action_id: 'memory_pin', value: 'm1|on' }, said);
    expect(memories[0]?.pinned).toBe(true);
    expect(JSON.stringify(recorded().of('response').at(-1))).toContain('"replace_original":true');
    await click({ action_id: 'memory_edit', value: 'm1' }, said);
    const opened = recorded().of('views.open')[0] as { view?: unknown } | undefined;
    expect(JSON.stringify(opened)).toContain('revenue is net');
    expect(await receiver.send(submit('memory_edit_view', 'C1||m1', 'the password is hunter2'))).toMatchObject({
      response_action: 'errors',
    });
    expect(await receiver.send(submit('memory_edit_view', 'C1||m1', 'other words', 'UEXT'))).toMatchObject({
      response_action: 'errors',
    });
    expect(memories[0]?.text).toBe('revenue is net');
    expect(await receiver.send(submit('memory_edit_view', 'C1||m1', 'revenue is net of tax'))).toBe('ok');
    expect(memories[0]?.text).toBe('revenue is net of tax');
    expect(told().at(-1)).toContain('Changed to');
  });

  it('“That’s wrong” opens the used memory above the modal; the manager opens from Home', async () => {
    const { click, memories, record } = await startEdge();
    memories.push(fakeMemory('m1', 'revenue is net'));
    record(answered({ memories: [{ id: 'm1', text: 'x', why: { reason: 'words' } }] }));
    await click({ action_id: 'memories_used', value: 'T1:C1:1.2#1' });
    expect(JSON.stringify(recorded().of('views.open')[0])).toMatch(/shares words with the question.*That’s wrong/);
    await click({ action_id: 'memory_edit', value: 'm1' }, within(answerView));
    expect(JSON.stringify(recorded().of('views.push')[0])).toContain('revenue is net');
    await click({ action_id: 'memory_manage', value: 'all' }, within({ id: 'H', type: 'home' }));
    expect(JSON.stringify(recorded().of('views.open').at(-1))).toContain('memory_manager_view');
  });

  it('“Remember this” keeps a message in the name of who saves it, in its place', async () => {
    const { receiver, memories, asked, told } = await startEdge();
    const shortcut = {
      type: 'message_action',
      callback_id: 'remember_this',
      team: { id: 'T1' },
      user: { id: 'U1', team_id: 'T1' },
      channel: { id: 'C1' },
      message: { ts: '1.3', text: 'EMEA includes Turkey', user: 'U2' },
      trigger_id: 'trigger',
      response_url: '',
    };
    await receiver.send(shortcut);
    expect(JSON.stringify(recorded().of('views.open')[0])).toMatch(/remember_view.*EMEA includes Turkey/);
    expect(memories).toEqual([]);
    await receiver.send(submit('remember_view', 'C1|', 'EMEA includes Turkey'));
    expect(memories.map(({ text }) => text)).toEqual(['EMEA includes Turkey']);
    expect(asked.audit.at(-1)).toMatchObject({ action: 'command memory add', user: 'U1', channel: 'C1' });
    expect(told().at(-1)).toContain('Remembered');
    await receiver.send({ ...shortcut, ...by('UEXT') });
    expect(told().at(-1)).toContain('members of this workspace only');
  });
});
