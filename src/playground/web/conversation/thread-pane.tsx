import { useEffect, useMemo } from 'react';
import type { PageChannel } from '../../page-api.ts';
import { Composer } from '../composer/composer.tsx';
import { threadKey, threadMessages } from '../store/page-state.ts';
import { useActions, usePage } from '../store/page-store.tsx';
import { goTo } from '../store/route.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { MessageList } from './message-list.tsx';
import { MessageSkeleton } from './message-skeleton.tsx';
import { ScrollPane } from './scroll-pane.tsx';
import { StatusRow } from './status-row.tsx';
import { useMarkRead } from './use-mark-read.ts';

type Props = { readonly channel: PageChannel; readonly threadTs: string };

/** A thread next to its channel; on a phone it fills the screen. */
export function ThreadPane({ channel, threadTs }: Props) {
  const state = usePage();
  const { loadThread } = useActions();
  const key = threadKey(channel.id, threadTs);
  const loaded = state.threads[key] === true;
  const all = state.messages[channel.id];
  const [parent, ...replies] = useMemo(() => threadMessages(all, threadTs), [all, threadTs]);
  const mine = replies.findLast((message) => message.user === state.workspace.me.id)?.ts;
  const markRead = useMarkRead(channel, all);
  useEffect(() => {
    if (!loaded) void loadThread(channel.id, threadTs);
  }, [loaded, channel.id, threadTs, loadThread]);
  const close = () => goTo({ channel: channel.id });
  return (
    <aside className="thread" aria-label="Thread">
      <header className="thread__header">
        <IconButton icon="left" label="Back to the channel" className="thread__back" onClick={close} />
        <h2>Thread</h2>
        <span className="thread__channel">{channel.is_im ? channel.name : `#${channel.name}`}</span>
        <IconButton icon="close" label="Close the thread" className="thread__close" onClick={close} />
      </header>
      <ScrollPane label="Thread" count={replies.length} followKey={mine} onBottom={markRead}>
        {parent && <MessageList messages={[parent]} inThread />}
        {replies.length > 0 && <ReplyCount count={replies.length} />}
        <MessageList messages={replies} inThread />
        {!parent && !loaded && <MessageSkeleton />}
        <StatusRow status={state.statuses[key]} />
      </ScrollPane>
      <Composer conversation={{ channel: channel.id, threadTs }} placeholder="Reply…" autoFocus />
    </aside>
  );
}

function ReplyCount({ count }: { readonly count: number }) {
  return <p className="thread__count">{count === 1 ? '1 reply' : `${count} replies`}</p>;
}
