import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { limits } from '../src/playground/limits.ts';
import type { PageEvent } from '../src/playground/page-api.ts';
import { button, plain, text } from './support/block-parts.ts';
import { createMemoryDocuments, type PlaygroundApp, startPlaygroundApp } from './support/playground-app.ts';

type Seen = { readonly kind: string; readonly body: Record<string, unknown>; readonly retryNum?: number };

const refused = (call: Promise<unknown>, code: string) => expect(call).rejects.toThrow(code);
const modal = {
  type: 'modal',
  callback_id: 'edit',
  title: plain('Edit'),
  submit: plain('Run'),
  private_metadata: 'secret-of-the-app',
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'sql',
      label: plain('SQL'),
      element: { type: 'plain_text_input', action_id: 'text', initial_value: 'SELECT 1', max_length: 40 },
    },
  ],
} as const;

const opened: PlaygroundApp[] = [];
afterAll(() => Promise.all(opened.map((one) => one.stop())));

/** A playground that is stopped at the end, whatever becomes of its test. */
async function start(...args: Parameters<typeof startPlaygroundApp>): Promise<PlaygroundApp> {
  const running = await startPlaygroundApp(...args);
  opened.push(running);
  return running;
}

describe('a bot behind the playground', () => {
  const seen: Seen[] = [];
  let running: PlaygroundApp;

  /** One listener of each kind; each writes down what it was given. */
  function listen(app: App): void {
    app.use(async ({ body, context, next }) => {
      const record = body as unknown as Record<string, unknown>;
      const event = record.event as { type: string; subtype?: string } | undefined;
      const kind = event === undefined ? String(record.type ?? record.command) : [event.type, event.subtype].join(' ');
      const { retryNum } = context;
      seen.push({ kind: kind.trim(), body: record, ...(retryNum !== undefined && { retryNum }) });
      await next();
    });
    app.event('app_mention', async ({ event, context, say }) => {
      // On a busy machine the first answer may come after Slack has tried again.
      if (context.retryNum === undefined) await say({ text: 'On it', thread_ts: event.thread_ts ?? event.ts });
    });
    app.message(async () => undefined);
    app.event('app_home_opened', async ({ event, client }) => {
      const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Home' } }];
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
    app.event('agent_session_stopped', async () => undefined);
    app.command('/memori', async ({ command, ack, respond, client, body }) => {
      if (command.text === 'late') return;
      if (command.text === 'modal') {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: modal as never });
        return;
      }
      await ack({ response_type: 'ephemeral', text: `You said ${command.text}` });
      await respond({ text: 'And more', response_type: 'in_channel' });
    });
    app.action(/.*/, async ({ ack, respond, body }) => {
      await ack();
      const [action] = (body as { actions: { action_id: string }[] }).actions;
      if (action?.action_id === 'replace') await respond({ text: 'Replaced', replace_original: true });
    });
    app.view('edit', async ({ ack, view }) => {
      const value = view.state.values.sql?.text?.value ?? '';
      if (value.includes('DROP')) await ack({ response_action: 'errors', errors: { sql: 'Reads only.' } });
      else if (value.includes('push'))
        await ack({ response_action: 'push', view: { ...modal, title: plain('Two') } as never });
      else if (value.includes('update'))
        await ack({ response_action: 'update', view: { ...modal, title: plain('New') } as never });
      else if (value.includes('clear')) await ack({ response_action: 'clear' });
      else await ack();
    });
    app.view({ callback_id: 'edit', type: 'view_closed' }, async ({ ack }) => ack());
    app.shortcut(/.*/, async ({ ack }) => ack());
    app.options('choose', async ({ ack }) =>
      ack({ options: [{ text: { type: 'plain_text', text: 'One' }, value: '1' }] }),
    );
  }

  beforeAll(async () => {
    running = await start(listen);
  });

  const bodies = (kind: string) => seen.filter((one) => one.kind === kind).map((one) => one.body);
  const lastEvent = (kind: string) => bodies(kind).at(-1)?.event as Record<string, unknown>;
  const messageEvent = (ts: string) =>
    bodies('message')
      .map(({ event }) => event as { ts: string })
      .find((event) => event.ts === ts);
  const post = (blocks: unknown) =>
    running.client.chat.postMessage({ channel: '#analytics', text: 'fallback', blocks: blocks as never });

  it('tells the app of a mention twice, as app_mention and as message, and the app answers in the thread', async () => {
    const { playground } = running;
    const { channel, ts } = await playground.say({
      as: 'maya',
      channel: '#analytics',
      text: '@Memori how many < 3 orders?',
    });
    const answer = await playground.answer(channel, ts);
    expect(answer).toMatchObject({ text: 'On it', user: playground.botUser.id, thread_ts: ts });
    const mention = lastEvent('app_mention');
    expect(mention).toMatchObject({
      user: playground.people[0]?.id,
      text: `<@${playground.botUser.id}> how many &lt; 3 orders?`,
      ts,
      channel,
    });
    expect(messageEvent(ts)).toMatchObject({ channel_type: 'channel', client_msg_id: mention.client_msg_id });
    expect(playground.message(channel, ts)).toMatchObject({ reply_count: 1, latest_reply: answer.ts });
    expect(playground.replies(channel, ts)).toHaveLength(1);
  });

  it('sends a reply with its thread and parent, and a direct message as message.im without app_mention', async () => {
    const { playground } = running;
    const parent = await playground.say({ as: 'tom', channel: '#general', text: 'hello all' });
    const reply = await playground.say({ as: 'maya', channel: '#general', text: 'hi', thread: parent.ts });
    const mentions = bodies('app_mention').length;
    const direct = await playground.say({ as: 'siyuan', channel: 'dm', text: `@Memori 上个月有多少订单？` });
    await playground.idle();
    expect(messageEvent(reply.ts)).toMatchObject({ thread_ts: parent.ts, channel_type: 'channel' });
    expect(messageEvent(direct.ts)).toMatchObject({ channel_type: 'im', channel: direct.channel });
    expect(bodies('app_mention')).toHaveLength(mentions);
  });

  it("echoes the app's own updates and deletions, which ignoreSelf does not filter", async () => {
    const { client, playground } = running;
    const { channel = '', ts = '' } = await client.chat.postMessage({ channel: '#general', text: 'one' });
    await client.chat.update({ channel, ts, text: 'two' });
    await playground.idle();
    expect(lastEvent('message message_changed')).toMatchObject({
      hidden: true,
      message: { text: 'two', edited: { user: playground.botUser.id } },
      previous_message: { text: 'one' },
    });
    await client.chat.delete({ channel, ts });
    await playground.idle();
    expect(lastEvent('message message_deleted')).toMatchObject({ deleted_ts: ts });
    expect(playground.message(channel, ts)).toBeUndefined();
  });

  it('opens the home, runs shortcuts and stops a session', async () => {
    const { client, playground } = running;
    await playground.openHome({ as: 'maya' });
    expect(await playground.waitFor(() => playground.home('maya'))).toMatchObject({ type: 'home' });
    await playground.openHome({ as: 'maya', tab: 'messages' });
    await playground.shortcut({ as: 'maya', callback: 'ask' });
    const { channel, ts } = await playground.say({ as: 'maya', channel: '#general', text: 'GMV is gross' });
    await playground.shortcut({ as: 'tom', callback: 'remember', message: { channel, ts } });
    expect(bodies('shortcut')[0]).toMatchObject({ callback_id: 'ask', trigger_id: expect.any(String) });
    expect(bodies('message_action')[0]).toMatchObject({ message_ts: ts, message: { text: 'GMV is gross' } });
    await client.apiCall('agents.sessions.setStatus', { channel_id: channel, thread_ts: ts, status: 'processing' });
    await playground.stop({ as: 'maya', channel, thread: ts });
    await playground.idle();
    expect(lastEvent('app_home_opened')).toMatchObject({ tab: 'messages' });
    expect(lastEvent('agent_session_stopped')).toMatchObject({ channel, thread_ts: ts, streaming_message_ts: [] });
    await refused(playground.shortcut({ as: 'maya', callback: 'unknown' }), 'unknown_shortcut');
  });

  it('runs slash commands: ephemeral acknowledgement, response_url, time-out, unknown command', async () => {
    const { playground } = running;
    const { ts, channel } = await playground.command({ as: 'tom', channel: '#general', text: '/memori help me' });
    const [reply] = await playground.waitFor(() => {
      const found = playground.ephemerals('tom', ts);
      return found.length > 0 && found;
    });
    expect(reply).toMatchObject({ text: 'You said help me', is_ephemeral: true });
    await playground.waitFor(() => playground.messages(channel).some((message) => message.text === 'And more'));
    expect(playground.messages(channel, 'maya').map((message) => message.text)).not.toContain('You said help me');
    expect(bodies('/memori')[0]).toMatchObject({ text: 'help me', channel_name: 'general', user_name: 'tom' });
    await refused(playground.command({ as: 'tom', channel, text: '/memori late' }), 'operation_timeout');
    await refused(playground.command({ as: 'tom', channel, text: '/nothing' }), 'unknown_command');
  });

  it('delivers each kind of element as block_actions with the state of all inputs', async () => {
    const { playground } = running;
    const option = { text: plain('Two'), value: '2' };
    const { channel = '', ts = '' } = await post([
      {
        type: 'actions',
        block_id: 'bar',
        elements: [
          button({ value: 'id-1' }),
          { type: 'static_select', action_id: 'pick', options: [option], initial_option: option },
          { type: 'overflow', action_id: 'more', options: [option] },
        ],
      },
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'rate',
            positive_button: { text: plain('Good'), value: 'up' },
            negative_button: { text: plain('Bad'), value: 'down' },
          },
          {
            type: 'icon_button',
            action_id: 'bin',
            icon: 'trash',
            text: plain('Delete'),
            value: 'd',
            visible_to_user_ids: ['U08MAYA1N2Q'],
          },
        ],
      },
      {
        type: 'container',
        title: plain('SQL'),
        is_collapsible: true,
        child_blocks: [{ type: 'actions', elements: [button({ action_id: 'inner' })] }],
      },
      { type: 'actions', elements: [{ type: 'external_select', action_id: 'choose' }] },
    ]);
    const at = { as: 'maya', channel, ts };
    await playground.click({ ...at, action: 'go' });
    await playground.click({ ...at, action: 'pick', selected_option: { value: '2' } });
    await playground.click({ ...at, action: 'more', selected_option: { value: '2' } });
    await playground.click({ ...at, action: 'rate', value: 'down' });
    await playground.click({ ...at, action: 'bin' });
    await playground.click({ ...at, action: 'inner' });
    const actions = bodies('block_actions').flatMap((body) => body.actions as object[]);
    expect(actions).toMatchObject([
      { type: 'button', action_id: 'go', block_id: 'bar', value: 'id-1', text: plain('Go') },
      { type: 'static_select', selected_option: option },
      { type: 'overflow', selected_option: option },
      { type: 'feedback_buttons', value: 'down', text: plain('Bad') },
      { type: 'icon_button', icon: 'trash', value: 'd' },
      { type: 'button', action_id: 'inner' },
    ]);
    expect(bodies('block_actions')[0]).toMatchObject({
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      state: { values: { bar: { pick: { type: 'static_select', selected_option: option } } } },
      response_url: expect.stringContaining('/slack/response/'),
    });
    await refused(playground.click({ ...at, as: 'tom', action: 'bin' }), 'action_not_found');
    await refused(playground.click({ ...at, action: 'rate', value: 'sideways' }), 'invalid_option');
    await refused(playground.click({ ...at, action: 'pick', selected_option: { value: '9' } }), 'invalid_option');
    const stale = playground.message(channel, ts);
    await running.client.chat.update({ channel, ts, text: 'used', blocks: [] });
    await refused(playground.click({ ...at, action: 'go' }), 'action_not_found');
    if (stale !== undefined) await playground.click({ ...at, action: 'go', stale });
  });

  it('lets a response_url replace the original, five times and for thirty minutes', async () => {
    const { playground, clock } = running;
    const { channel = '', ts = '' } = await post([{ type: 'actions', elements: [button({ action_id: 'replace' })] }]);
    await playground.click({ as: 'maya', channel, ts, action: 'replace' });
    await playground.waitFor(() => playground.message(channel, ts)?.text === 'Replaced');
    await playground.command({ as: 'maya', channel, text: '/memori x' });
    await playground.idle();
    const url = String(bodies('/memori').at(-1)?.response_url);
    const headers = { 'Content-Type': 'application/json' };
    const use = () => fetch(url, { method: 'POST', body: JSON.stringify({ text: 'hi' }), headers });
    for (let time = 1; time <= 4; time += 1) expect((await use()).status).toBe(200);
    expect(await (await use()).json()).toEqual({ ok: false, error: 'used_url' });
    await playground.command({ as: 'maya', channel, text: '/memori y' });
    await playground.idle();
    clock.advance(30 * 60_000 + 1);
    const late = await fetch(String(bodies('/memori').at(-1)?.response_url), { method: 'POST' });
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  it('opens, updates, pushes, submits and closes modals', async () => {
    const { playground } = running;
    const open = async () => {
      await playground.command({ as: 'maya', channel: '#general', text: '/memori modal' });
      await playground.waitFor(() => playground.modal('maya'));
    };
    await open();
    const submit = (sql: string) => playground.submit({ as: 'maya', values: { text: sql } });
    const title = () => playground.modal('maya')?.title?.text;
    const complaints = [
      ['DROP x', 'Reads only.'],
      ['', 'required'],
      [text(41), 'at most 40'],
    ] as const;
    for (const [sql, complaint] of complaints)
      expect(await submit(sql)).toMatchObject({ errors: { sql: expect.stringContaining(complaint) } });
    await submit('update');
    expect(title()).toBe('New');
    await submit('push');
    expect(title()).toBe('Two');
    await playground.submit({ as: 'maya' });
    expect(title()).toBe('New');
    expect(bodies('view_submission').at(-1)).toMatchObject({
      view: { private_metadata: 'secret-of-the-app', state: { values: { sql: { text: { value: 'SELECT 1' } } } } },
    });
    await playground.closeView({ as: 'maya' });
    expect(playground.modal('maya')).toBeUndefined();
    expect(bodies('view_closed').at(-1)).toMatchObject({ is_cleared: false });
    await open();
    await submit('clear');
    expect(playground.modal('maya')).toBeUndefined();
  });

  it('lets a trigger open one modal, within three seconds', async () => {
    const { playground, client, clock } = running;
    const trigger = async () => {
      await playground.shortcut({ as: 'tom', callback: 'ask' });
      return String(bodies('shortcut').at(-1)?.trigger_id);
    };
    const open = (trigger_id: string) => client.views.open({ trigger_id, view: modal as never });
    const first = await trigger();
    await open(first);
    await refused(open(first), 'exchanged_trigger_id');
    const second = await trigger();
    clock.advance(3_001);
    await refused(open(second), 'expired_trigger_id');
    await refused(open('nonsense'), 'invalid_trigger_id');
    const push = async () => client.views.push({ trigger_id: await trigger(), view: modal as never });
    await push();
    const top = await push();
    await refused(push(), 'push_limit_reached');
    const view_id = top.view?.id ?? '';
    await refused(client.views.update({ view_id, hash: 'old', view: modal as never }), 'hash_conflict');
    await refused(client.views.update({ view_id: 'V0', view: modal as never }), 'not_found');
    await playground.closeView({ as: 'tom', all: true });
    expect(
      bodies('view_closed')
        .slice(-3)
        .every((body) => body.is_cleared === true),
    ).toBe(true);
  });

  it('streams: chunks become blocks, and a stream ends by stop, by time or by the Stop button', async () => {
    const { playground, client, clock } = running;
    const { channel, ts: thread_ts } = await playground.say({
      as: 'maya',
      channel: '#analytics',
      text: 'stream please',
    });
    const recipient = { recipient_team_id: playground.team.id, recipient_user_id: 'U08MAYA1N2Q' };
    await refused(client.chat.startStream({ channel, thread_ts }), 'missing_recipient_team_id');
    const stream = client.chatStream({ channel, thread_ts, ...recipient, buffer_size: 1 });
    await stream.append({ markdown_text: '**Two**' });
    await stream.append({ chunks: [{ type: 'task_update', id: 't', title: 'Running', status: 'in_progress' }] });
    await stream.append({ chunks: [{ type: 'task_update', id: 't', title: 'Running', status: 'complete' }] });
    await stream.append({ markdown_text: ' orders' });
    const ts = stream.ts ?? '';
    expect(playground.message(channel, ts)).toMatchObject({ streaming_state: 'in_progress', text: '**Two** orders' });
    await refused(client.chat.update({ channel, ts, text: 'no' }), 'streaming_state_conflict');
    await refused(
      client.chat.appendStream({ channel, ts, markdown_text: text(limits.message.markdown + 1) }),
      'msg_too_long',
    );
    await refused(client.chat.appendStream({ channel, ts, chunks: [{ type: 'nonsense' } as never] }), 'invalid_chunks');
    await stream.stop({ blocks: [{ type: 'actions', elements: [button()] }] as never });
    expect(playground.message(channel, ts)).toMatchObject({
      streaming_state: 'completed',
      blocks: [
        { type: 'markdown' },
        { type: 'task_card', status: 'complete' },
        { type: 'markdown', text: ' orders' },
        { type: 'actions' },
      ],
    });
    await refused(client.chat.appendStream({ channel, ts, markdown_text: 'x' }), 'message_not_in_streaming_state');
    const start = async () =>
      (await client.chat.startStream({ channel, thread_ts, ...recipient, markdown_text: 'a' })).ts ?? '';
    const old = await start();
    clock.advance(5 * 60_000 + 1);
    await refused(client.chat.stopStream({ channel, ts: old }), 'message_not_in_streaming_state');
    const running_ = await start();
    await playground.stop({ as: 'maya', channel, thread: thread_ts });
    await playground.idle();
    expect(lastEvent('agent_session_stopped')).toMatchObject({ streaming_message_ts: [running_] });
    await refused(
      client.chat.appendStream({ channel, ts: running_, markdown_text: 'x' }),
      'message_not_in_streaming_state',
    );
  });

  it('shows status, session, prompts and title; a message of the app ends the status', async () => {
    const { playground, client } = running;
    const { channel, ts } = await playground.say({ as: 'tom', channel: 'dm', text: 'hi' });
    const thread = { channel_id: channel, thread_ts: ts };
    const status = async () => {
      const page = await (await fetch(`${running.baseUrl}/playground/bootstrap?as=U08TOMR5K7D`)).json();
      return (page as { statuses: { thread_ts: string; text: string }[] }).statuses.find((one) => one.thread_ts === ts);
    };
    await client.assistant.threads.setStatus({ ...thread, status: 'is thinking…', loading_messages: ['Counting'] });
    expect(await status()).toMatchObject({ text: 'is thinking…', loading: ['Counting'] });
    await client.chat.postMessage({ channel, thread_ts: ts, text: 'done' });
    expect(await status()).toMatchObject({ text: '' });
    await client.assistant.threads.setSuggestedPrompts({
      channel_id: channel,
      prompts: [{ title: 'A', message: 'a' }],
    });
    const five = Array.from({ length: limits.prompts + 1 }, () => ({ title: 'A', message: 'a' }));
    await refused(
      client.assistant.threads.setSuggestedPrompts({ channel_id: channel, prompts: five }),
      'invalid_arguments',
    );
    const session = (body: object) => client.apiCall('agents.sessions.setStatus', { ...thread, ...body });
    expect(await session({ status: 'active', title: text(limits.sessionTitle) })).toMatchObject({ status: 'active' });
    await refused(session({ status: 'active', title: text(limits.sessionTitle + 1) }), 'invalid_arguments');
    await refused(session({ status: 'bored' }), 'invalid_status');
    await refused(
      client.assistant.threads.setStatus({ ...thread, thread_ts: '1.000001', status: 'x' }),
      'thread_not_found',
    );
  });

  it('answers reads as Slack does: people with locale, channels, history, replies, permalinks, metadata', async () => {
    const { playground, client } = running;
    const { user } = await client.users.info({ user: 'U08SIYUAN3C', include_locale: true });
    expect(user).toMatchObject({ locale: 'zh-CN', tz: 'Asia/Shanghai', tz_offset: 8 * 3600 });
    expect((await client.users.info({ user: 'U08SIYUAN3C' })).user).not.toHaveProperty('locale');
    expect((await client.auth.test()).user_id).toBe(playground.botUser.id);
    expect((await client.conversations.list({ types: 'public_channel,im' })).channels).toHaveLength(6);
    expect((await client.conversations.members({ channel: 'C08GENERAL1' })).members).toHaveLength(4);
    expect((await client.conversations.open({ users: 'U08TOMR5K7D' })).channel?.id).toBe('D08TOMR5K7D');
    const metadata = { event_type: 'answer', event_payload: { id: 'a1' } };
    const { ts: thread_ts = '', channel = '' } = await client.chat.postMessage({
      channel: '#alerts',
      text: 'alert',
      metadata,
    });
    for (const one of ['a', 'b', 'c']) await client.chat.postMessage({ channel, thread_ts, text: one });
    const page = await client.conversations.replies({ channel, ts: thread_ts, limit: 2 });
    expect(page).toMatchObject({ has_more: true, messages: [{ text: 'alert', reply_count: 3 }, { text: 'a' }] });
    const cursor = page.response_metadata?.next_cursor ?? '';
    expect((await client.conversations.replies({ channel, ts: thread_ts, cursor })).messages).toHaveLength(2);
    expect((await client.conversations.history({ channel })).messages).toHaveLength(1);
    expect((await client.conversations.history({ channel, include_all_metadata: true })).messages?.[0]).toMatchObject({
      metadata,
    });
    expect((await client.chat.getPermalink({ channel, message_ts: thread_ts })).permalink).toContain(
      `/archives/${channel}/p`,
    );
    await client.reactions.add({ channel, timestamp: thread_ts, name: 'eyes' });
    await refused(client.reactions.add({ channel, timestamp: thread_ts, name: 'eyes' }), 'already_reacted');
    await client.reactions.remove({ channel, timestamp: thread_ts, name: 'eyes' });
    await refused(client.reactions.remove({ channel, timestamp: thread_ts, name: 'eyes' }), 'no_reaction');
  });

  it('refuses with the codes of Slack', async () => {
    const { client, playground, baseUrl } = running;
    const channel = 'C08GENERAL1';
    const refusals: readonly (readonly [Promise<unknown>, string])[] = [
      [client.apiCall('chat.shout', {}), 'unknown_method'],
      [new WebClient('xoxb-wrong', { slackApiUrl: playground.slackApiUrl(baseUrl) }).auth.test(), 'invalid_auth'],
      [new WebClient(undefined, { slackApiUrl: playground.slackApiUrl(baseUrl) }).auth.test(), 'not_authed'],
      [client.chat.postMessage({ channel: 'C0', text: 'x' }), 'channel_not_found'],
      [client.chat.postMessage({ channel, text: '' }), 'no_text'],
      [client.chat.postMessage({ channel, text: text(limits.message.text + 1) }), 'msg_too_long'],
      [client.chat.postMessage({ channel, text: 'x', thread_ts: '1.000001' }), 'thread_not_found'],
      [
        client.chat.postMessage({ channel, text: 'x', metadata: { event_type: 'a' } as never }),
        'invalid_metadata_format',
      ],
      [client.chat.postMessage({ channel, text: 'x', blocks: 'nonsense' as never }), 'invalid_blocks_format'],
      [client.chat.update({ channel, ts: '1.000001', text: 'x' }), 'message_not_found'],
      [client.chat.postEphemeral({ channel: 'D08TOMR5K7D', user: 'U08MAYA1N2Q', text: 'x' }), 'user_not_in_channel'],
      [client.users.info({ user: 'U0' }), 'user_not_found'],
      [client.files.info({ file: 'F0' }), 'file_not_found'],
      [client.conversations.replies({ channel, ts: '1.000001' }), 'thread_not_found'],
    ];
    for (const [call, code] of refusals) await expect(call).rejects.toMatchObject({ data: { ok: false, error: code } });
    const { ts } = await playground.say({ as: 'tom', channel, text: 'mine' });
    await refused(client.chat.update({ channel, ts, text: 'x' }), 'cant_update_message');
    await refused(client.chat.delete({ channel, ts }), 'cant_delete_message');
    const tooLong = { type: 'section', text: plain(text(3001)) };
    await expect(post([tooLong])).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    });
    const sections = Array.from({ length: 5 }, () => ({ type: 'section', text: plain(text(2999)) }));
    await refused(post(sections), 'msg_blocks_too_long');
  });

  it('takes forms and JSON alike, and logs calls with their flags', async () => {
    const { playground, baseUrl } = running;
    const url = `${playground.slackApiUrl(baseUrl)}chat.postMessage`;
    const body = JSON.stringify({ channel: '#general', text: 'json', unfurl_links: false });
    const headers = {
      Authorization: `Bearer ${playground.botToken}`,
      'Content-Type': 'application/json; charset=utf-8',
    };
    expect(await (await fetch(url, { method: 'POST', headers, body })).json()).toMatchObject({ ok: true });
    expect(playground.log.at(-1)).toMatchObject({ method: 'chat.postMessage', args: { unfurl_links: false } });
    expect(await (await fetch(url, { method: 'POST', headers, body: '{' })).json()).toEqual({
      ok: false,
      error: 'invalid_json',
    });
    await running.client.chat.postMessage({ channel: '#general', text: '{"not": "parsed"}', unfurl_links: false });
    expect(playground.log.at(-1)).toMatchObject({ args: { unfurl_links: 'false', text: '{"not": "parsed"}' } });
  });

  it('uploads a file, shows it in the thread, and serves it as an attachment to those who see it only', async () => {
    const { playground, client, baseUrl } = running;
    const { channel, ts } = await playground.say({ as: 'maya', channel: 'dm', text: 'csv please' });
    const upload = {
      channel_id: channel,
      thread_ts: ts,
      filename: 'orders.csv',
      content: 'id,total\n1,2\n',
      initial_comment: 'Here',
    };
    await client.filesUploadV2(upload);
    const [message] = playground.replies(channel, ts);
    expect(message).toMatchObject({
      subtype: 'file_share',
      text: 'Here',
      files: [{ name: 'orders.csv', mimetype: 'text/csv', size: 13 }],
    });
    const path = message?.files?.[0]?.url_private_download ?? '';
    const get = (query: string) => fetch(`${baseUrl}${path}${query}`);
    const own = await get('?as=U08MAYA1N2Q');
    expect(await own.text()).toBe('id,total\n1,2\n');
    expect(own.headers.get('content-disposition')).toContain('attachment');
    expect(own.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get('?as=U08TOMR5K7D')).status).toBe(404);
    expect((await get('')).status).toBe(404);
  });

  it('fails on demand: 429, an error, a cut connection, a delay', async () => {
    const { playground, client } = running;
    playground.faults.queue('auth.test', { kind: 'error', error: 'internal_error' });
    await refused(client.auth.test(), 'internal_error');
    playground.faults.queue('auth.test', { kind: 'drop' });
    await expect(client.auth.test()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    playground.faults.queue('*', { kind: 'http', status: 503 });
    await expect(client.auth.test()).rejects.toMatchObject({ code: 'slack_webapi_http_error' });
    playground.faults.queue('auth.test', { kind: 'delay', ms: 20 });
    expect((await client.auth.test()).ok).toBe(true);
    const impatient = new WebClient(playground.botToken, {
      slackApiUrl: playground.slackApiUrl(running.baseUrl),
      rejectRateLimitedCalls: true,
    });
    playground.faults.queue('chat.postMessage', { kind: 'rate_limited', retryAfter: 7 });
    await expect(impatient.chat.postMessage({ channel: '#general', text: 'x' })).rejects.toMatchObject({
      retryAfter: 7,
    });
    playground.faults.queue('chat.postMessage', { kind: 'drop', after: true });
    await expect(client.chat.postMessage({ channel: '#general', text: 'lost answer' })).rejects.toThrow();
    expect(playground.messages('#general').map((message) => message.text)).toContain('lost answer');
  });

  it('sends redelivered events with their number', async () => {
    const { playground } = running;
    const { ts } = await playground.say({ as: 'tom', channel: '#general', text: 'again' });
    await playground.idle();
    await playground.redeliver();
    await playground.idle();
    const deliveries = seen.filter(({ body }) => (body.event as { ts?: string } | undefined)?.ts === ts);
    expect(deliveries.map(({ retryNum }) => retryNum)).toEqual([undefined, 1]);
    expect(new Set(deliveries.map(({ body }) => body.event_id)).size).toBe(1);
  });

  it('keeps what is for one person from all others, over every way the page has', async () => {
    const { playground, client, baseUrl } = running;
    const events: Record<string, PageEvent[]> = { U08MAYA1N2Q: [], U08TOMR5K7D: [] };
    const streams = new AbortController();
    for (const [person, list] of Object.entries(events))
      await follow(`${baseUrl}/playground/events?as=${person}`, list, streams.signal);
    const { channel } = await playground.say({ as: 'maya', channel: 'dm', text: 'PRIVATE question' });
    await client.chat.postMessage({ channel, text: 'PRIVATE answer' });
    await client.chat.postEphemeral({ channel: '#general', user: 'U08MAYA1N2Q', text: 'PRIVATE note' });
    await playground.command({ as: 'maya', channel: '#general', text: '/memori modal' });
    await client.chat.postMessage({ channel: '#general', text: 'END' });
    const has = (person: string, word: string) => JSON.stringify(events[person]).includes(word);
    await playground.waitFor(() => has('U08MAYA1N2Q', 'END') && has('U08TOMR5K7D', 'END'));
    await playground.idle();
    streams.abort();
    for (const word of ['PRIVATE question', 'PRIVATE answer', 'PRIVATE note', 'view_opened']) {
      expect([word, has('U08MAYA1N2Q', word), has('U08TOMR5K7D', word)]).toEqual([word, true, false]);
    }
    expect(has('U08MAYA1N2Q', 'secret-of-the-app')).toBe(false);
    const pages = ['bootstrap?', `messages?channel=${channel}&`, 'messages?channel=C08GENERAL1&'];
    for (const page of pages) {
      const seenByTom = await (await fetch(`${baseUrl}/playground/${page}as=U08TOMR5K7D`)).text();
      expect(seenByTom).not.toContain('PRIVATE');
    }
    const view = playground.modal('maya')?.id ?? '';
    const submit = await send('/playground/view/submit', { as: 'U08TOMR5K7D', view_id: view, state: {} });
    expect([submit.status, await submit.json()]).toMatchObject([404, { error: 'view_not_found' }]);
    await playground.closeView({ as: 'maya', all: true });
  });

  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${running.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('serves the page: sending, reading, unread marks, and friendly refusals of bad input', async () => {
    const { baseUrl, client } = running;
    const get = async (path: string) => (await fetch(`${baseUrl}/playground/${path}`)).json();
    const as = 'U08TOMR5K7D';
    const sent = (await (
      await send('/playground/message', { as, channel: 'C08ALERTS01', text: 'from the page' })
    ).json()) as { ts: string };
    expect(await get(`thread?as=${as}&channel=C08ALERTS01&ts=${sent.ts}`)).toMatchObject({
      parent: { text: 'from the page' },
      replies: [],
    });
    const { ts = '' } = await client.chat.postMessage({ channel: '#alerts', text: `look <@${as}>` });
    const alerts = async () => {
      const page = (await get(`bootstrap?as=${as}`)) as { channels: { id: string }[] };
      return page.channels.find((channel) => channel.id === 'C08ALERTS01');
    };
    expect(await alerts()).toMatchObject({ unread: 1, mentioned: true });
    await send('/playground/read', { as, channel: 'C08ALERTS01', ts });
    expect(await alerts()).toMatchObject({ unread: 0, mentioned: false, last_read: ts });
    const bad: readonly (readonly [string, unknown, number, string])[] = [
      ['message', { as: 'U0', channel: 'C08ALERTS01', text: 'x' }, 404, 'user_not_found'],
      ['message', { as, channel: 'D08MAYA1N2Q', text: 'x' }, 404, 'channel_not_found'],
      ['message', { as, channel: 'C08ALERTS01', text: '  ' }, 400, 'no_text'],
      ['message', { as }, 400, 'invalid_arguments'],
      ['message', '{', 400, 'invalid_json'],
      ['command', { as, channel: 'C08ALERTS01', text: '/memori late' }, 400, 'operation_timeout'],
      ['options', { as, place: { view_id: 'V0' }, block_id: 'b', action_id: 'a', value: '' }, 404, 'view_not_found'],
    ];
    for (const [path, body, status, error] of bad) {
      const response = await send(`/playground/${path}`, body);
      expect([path, response.status, await response.json()]).toMatchObject([path, status, { ok: false, error }]);
    }
  });

  it('asks the app for the options of an external select', async () => {
    const { channel = '', ts = '' } = await post([
      { type: 'actions', block_id: 'b', elements: [{ type: 'external_select', action_id: 'choose' }] },
    ]);
    const body = {
      as: 'U08MAYA1N2Q',
      place: { channel, message_ts: ts },
      block_id: 'b',
      action_id: 'choose',
      value: 'o',
    };
    expect(await (await send('/playground/options', body)).json()).toMatchObject({
      ok: true,
      options: [{ value: '1' }],
    });
  });

  it('lets no other site and no other name in', async () => {
    const { baseUrl } = running;
    const message = { as: 'U08MAYA1N2Q', channel: 'C08GENERAL1', text: 'forged' };
    expect((await send('/playground/message', message, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await send('/playground/message', message, { Origin: 'null' })).status).toBe(403);
    expect((await send('/slack/api/auth.test', {}, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await send('/playground/message', message, { Origin: baseUrl })).status).toBe(200);
    const { request } = await import('node:http');
    const rebound = await new Promise((resolve) => {
      request(`${baseUrl}/playground/bootstrap?as=U08MAYA1N2Q`, { headers: { Host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(rebound).toBe(403);
  });
});

describe('an app that does not acknowledge', () => {
  it('gets an event again up to three times, then no more', async () => {
    const tries: (number | undefined)[] = [];
    const receive = {
      processEvent: async ({ retryNum }: { retryNum?: number }) => void tries.push(retryNum),
      start: () => undefined,
    };
    const running = await start(() => undefined, {
      timings: { ackTimeoutMs: 20, retryDelaysMs: [1, 1, 1] },
    });
    running.playground.receiver.init(receive as never);
    await running.playground.say({ as: 'maya', channel: '#general', text: 'hello?' });
    await running.playground.waitFor(() => tries.length === 4);
    await running.playground.idle();
    expect(tries).toEqual([undefined, 1, 2, 3]);
  });
});

describe('the workspace', () => {
  it('survives a restart and forgets on reset', async () => {
    const documents = createMemoryDocuments();
    const first = await start(() => undefined, { documents });
    const { channel, ts } = await first.playground.say({ as: 'maya', channel: '#general', text: 'remember me' });
    await first.client.chat.postMessage({ channel, thread_ts: ts, text: 'reply' });
    const view = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    await first.client.views.publish({ user_id: 'U08MAYA1N2Q', view });
    await first.client.filesUploadV2({ channel_id: channel, thread_ts: ts, filename: 'a.csv', content: 'a' });
    await first.stop();
    const second = await start(() => undefined, { documents });
    expect(second.playground.replies(channel, ts).map((message) => message.text)).toEqual(['reply', '']);
    expect(second.playground.message(channel, ts)).toMatchObject({ text: 'remember me', reply_count: 2 });
    expect(second.playground.home('maya')).toMatchObject({ type: 'home' });
    const file = second.playground.replies(channel, ts).at(-1)?.files?.[0];
    const served = await fetch(`${second.baseUrl}${file?.url_private}?as=U08TOMR5K7D`);
    expect(await served.text()).toBe('a');
    const later = await second.playground.say({ as: 'maya', channel, text: 'later' });
    expect(Number(later.ts)).toBeGreaterThan(Number(ts));
    await second.playground.reset();
    expect(second.playground.messages(channel)).toEqual([]);
    await second.stop();
    expect(documents.size()).toBe(0);
  });

  it('gives every message its own rising ts while the clock stands still', async () => {
    const { playground } = await start(() => undefined);
    const sent = [];
    for (let count = 0; count < 50; count += 1)
      sent.push(await playground.say({ as: 'maya', channel: 'dm', text: 'x' }));
    const all = sent.map(({ ts }) => ts);
    expect(new Set(all).size).toBe(50);
    expect([...all].sort()).toEqual(all);
  });
});

/** Collects the events of a stream until the signal. Resolves when the stream is open. */
async function follow(url: string, events: PageEvent[], signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => {
    let rest = '';
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
      const lines = (rest + chunk.value).split('\n\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)));
    }
  };
  read().catch(() => undefined);
}
