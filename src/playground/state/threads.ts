import type { SuggestedPrompts, ThreadStatus } from '../page-api.ts';
import type { Cast } from './cast.ts';
import type { Live } from './live.ts';
import type { Saves } from './saves.ts';

/** What the app says about a thread besides its messages: status line, session, prompts and title. */
export type Threads = {
  load(id: string, value: unknown): void;
  status(channel: string, threadTs: string): ThreadStatus | undefined;
  setStatus(
    channel: string,
    threadTs: string,
    status: Partial<Pick<ThreadStatus, 'text' | 'loading' | 'session'>>,
  ): void;
  title(channel: string, threadTs: string): string | undefined;
  setTitle(channel: string, threadTs: string, title: string): void;
  setPrompts(prompts: SuggestedPrompts): void;
  /** Of the channels that a person sees. */
  seenBy(person: string): { readonly statuses: readonly ThreadStatus[]; readonly prompts: readonly SuggestedPrompts[] };
  clear(): void;
};

/** Sessions are saved; status lines are not. */
export function createThreads({ cast, saves, live }: { cast: Cast; saves: Saves; live: Live }): Threads {
  const statuses = new Map<string, ThreadStatus>();
  const prompts = new Map<string, SuggestedPrompts>();
  const titles = new Map<string, string>();
  const key = (channel: string, threadTs: string) => `${channel}/${threadTs}`;

  return {
    load(id, value) {
      const [kind = '', ...rest] = id.split('/');
      if (kind === 'session') statuses.set(rest.join('/'), value as ThreadStatus);
      if (kind === 'prompts') prompts.set(rest.join('/'), value as SuggestedPrompts);
      if (kind === 'title') titles.set(rest.join('/'), String(value));
    },
    status: (channel, threadTs) => statuses.get(key(channel, threadTs)),
    setStatus(channel, thread_ts, change) {
      const before = statuses.get(key(channel, thread_ts)) ?? { channel, thread_ts, text: '', loading: [] };
      const status = { ...before, ...change };
      statuses.set(key(channel, thread_ts), status);
      // The status line is gone after a restart, as in Slack; the session is not.
      if (change.session !== undefined) {
        saves.put(`session/${key(channel, thread_ts)}`, { ...status, text: '', loading: [] });
      }
      live.publish(cast.audience(channel), { type: 'status', status });
    },
    title: (channel, threadTs) => titles.get(key(channel, threadTs)),
    setTitle(channel, threadTs, title) {
      titles.set(key(channel, threadTs), title);
      saves.put(`title/${key(channel, threadTs)}`, title);
    },
    setPrompts(next) {
      const id = key(next.channel, next.thread_ts ?? '');
      prompts.set(id, next);
      saves.put(`prompts/${id}`, next);
      live.publish(cast.audience(next.channel), { type: 'prompts', prompts: next });
    },
    seenBy(person) {
      const sees = ({ channel }: { channel: string }) => cast.audience(channel).includes(person);
      return {
        statuses: [...statuses.values()].filter(sees),
        prompts: [...prompts.values()].filter(sees),
      };
    },
    clear() {
      statuses.clear();
      prompts.clear();
      titles.clear();
    },
  };
}
