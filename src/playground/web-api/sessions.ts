import { z } from 'zod';
import { limits } from '../limits.ts';
import type { ThreadStatus } from '../page-api.ts';
import { SlackError } from '../workspace.ts';
import { readJson, readText, requireText } from './arguments.ts';
import { type Call, channelOf, type Methods } from './method.ts';

type SessionStatus = NonNullable<ThreadStatus['session']>;
const sessionStatuses: readonly string[] = ['processing', 'active', 'suspended', 'closed'] satisfies SessionStatus[];

/** Whether this is a session status that Slack knows. */
export function isSessionStatus(value: string): value is SessionStatus {
  return sessionStatuses.includes(value);
}

const prompts = z.array(z.object({ title: z.string().min(1), message: z.string().min(1) })).max(limits.prompts);

/** docs.slack.dev/reference/methods/assistant.threads.* and agents.sessions.* */
export const sessionMethods: Methods = {
  'assistant.threads.setStatus'(call) {
    const { channel, threadTs } = threadOf(call);
    const text = readText(call.args, 'status') ?? '';
    const loading = readJson(call.args, 'loading_messages', 'invalid_arguments') ?? [];
    const lines = z.array(z.string()).max(10).safeParse(loading);
    if (!lines.success) throw new SlackError('invalid_arguments', [tooLong('loading_messages')]);
    call.workspace.threads.setStatus(channel, threadTs, { text, loading: text === '' ? [] : lines.data });
    return {};
  },

  'assistant.threads.setSuggestedPrompts'(call) {
    const channel = channelOf(call, 'channel_id');
    const parsed = prompts.safeParse(readJson(call.args, 'prompts', 'invalid_arguments'));
    if (!parsed.success) throw new SlackError('invalid_arguments', [tooLong('prompts')]);
    const thread_ts = readText(call.args, 'thread_ts');
    const title = readText(call.args, 'title');
    call.workspace.threads.setPrompts({
      channel: channel.id,
      ...(thread_ts !== undefined && { thread_ts }),
      ...(title !== undefined && { title }),
      prompts: parsed.data,
    });
    return {};
  },

  'assistant.threads.setTitle'(call) {
    const { channel, threadTs } = threadOf(call);
    call.workspace.threads.setTitle(channel, threadTs, requireText(call.args, 'title'));
    return {};
  },

  'agents.sessions.setStatus'(call) {
    const { channel, threadTs } = threadOf(call);
    const status = requireText(call.args, 'status');
    if (!isSessionStatus(status)) throw new SlackError('invalid_status');
    const title = titleOf(call);
    const { threads } = call.workspace;
    if (title !== undefined && threads.title(channel, threadTs) === undefined) {
      threads.setTitle(channel, threadTs, title);
    }
    threads.setStatus(channel, threadTs, { session: status });
    return { status, agent_status: status, title: threads.title(channel, threadTs) ?? '' };
  },

  'agents.sessions.rename'(call) {
    const { channel, threadTs } = threadOf(call);
    if (call.workspace.threads.status(channel, threadTs)?.session === undefined) {
      throw new SlackError('session_not_found');
    }
    const title = titleOf(call);
    if (title === undefined) throw new SlackError('invalid_arguments', [tooLong('title')]);
    call.workspace.threads.setTitle(channel, threadTs, title);
    return { title };
  },
};

/** The thread that `channel_id` and `thread_ts` name; its first message must exist. */
function threadOf(call: Call): { readonly channel: string; readonly threadTs: string } {
  const channel = channelOf(call, 'channel_id').id;
  const threadTs = requireText(call.args, 'thread_ts');
  if (call.workspace.messages.find(channel, threadTs) === undefined) throw new SlackError('thread_not_found');
  return { channel, threadTs };
}

function titleOf({ args }: Call): string | undefined {
  const title = readText(args, 'title');
  if (title !== undefined && title.length > limits.sessionTitle) {
    throw new SlackError('invalid_arguments', [tooLong('title')]);
  }
  return title;
}

const tooLong = (name: string) => `[ERROR] is not valid, or longer than allowed [json-pointer:/${name}]`;
