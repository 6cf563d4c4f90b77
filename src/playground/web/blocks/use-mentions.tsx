import { useMemo } from 'react';
import type { MessageProps } from 'slack-blocks-to-jsx';
import { useWorkspace } from '../store/page-store.tsx';
import { formatRoute } from '../store/route.ts';
import { SafeLink } from './safe-link.tsx';

type Mentions = Required<Pick<MessageProps, 'data' | 'hooks'>>;

/** How mentions and links look: names of this workspace, mentions of oneself highlighted, links only to the web. */
export function useMentions(): Mentions {
  const workspace = useWorkspace();
  return useMemo(() => {
    const people = [workspace.bot, ...workspace.people];
    const names = new Map(people.map((person) => [person.id, person.real_name]));
    const broadcast = (word: string) => <span className="mention mention--me">@{word}</span>;
    return {
      data: {
        users: people.map((person) => ({ id: person.id, name: person.real_name })),
        channels: [...workspace.channelNames],
      },
      hooks: {
        user: ({ id }) => (
          <span className={`mention ${id === workspace.me.id ? 'mention--me' : ''}`}>
            @{names.get(id) ?? 'someone'}
          </span>
        ),
        channel: ({ id, name }) => (
          <a className="mention" href={formatRoute({ channel: id, tab: 'messages', thread: undefined })}>
            #{name}
          </a>
        ),
        atChannel: () => broadcast('channel'),
        atEveryone: () => broadcast('everyone'),
        atHere: () => broadcast('here'),
        link: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
      },
    };
  }, [workspace]);
}
