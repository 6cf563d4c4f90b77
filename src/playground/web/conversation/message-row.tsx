import { memo } from 'react';
import type { PageMessage, PagePerson, ThreadStatus } from '../../page-api.ts';
import { useWorkspace } from '../store/page-store.tsx';
import { clockTime, fullTime } from '../text/format-time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { EphemeralNote } from './ephemeral-note.tsx';
import { MessageActions } from './message-actions.tsx';
import { MessageBody } from './message-body.tsx';
import { ThreadSummary } from './thread-summary.tsx';

type Props = {
  readonly message: PageMessage;
  readonly author: PagePerson | undefined;
  /** Follows one of the same sender: no name, no picture. */
  readonly grouped: boolean;
  readonly inThread: boolean;
  readonly status: ThreadStatus | undefined;
};

/** One message: author, time, content, and a link to its thread. */
export const MessageRow = memo(function MessageRow({ message, author, grouped, inThread, status }: Props) {
  const { me } = useWorkspace();
  const name = author?.real_name ?? message.user;
  const time = clockTime(message.ts, me.tz);
  const stamp = <MessageTime ts={message.ts} tz={me.tz} />;
  return (
    <article
      className={`message ${grouped ? 'message--grouped' : ''} ${message.is_ephemeral ? 'message--ephemeral' : ''}`}
      aria-label={`${name}, ${time}`}
      data-ts={message.ts}
    >
      {message.is_ephemeral && <EphemeralNote message={message} />}
      <div className="message__gutter">{grouped ? stamp : <Avatar person={author} />}</div>
      <div className="message__main">
        {!grouped && (
          <div className="message__head">
            <b className="message__name">{name}</b>
            {author?.is_bot && <span className="app-badge">APP</span>}
            {stamp}
          </div>
        )}
        {message.reply_broadcast && (
          <p className="message__note">
            <Icon name="thread" size={14} /> replied to a thread
          </p>
        )}
        <MessageBody message={message} />
        {!inThread && !message.is_ephemeral && <ThreadSummary message={message} status={status} />}
      </div>
      {!message.is_ephemeral && <MessageActions message={message} inThread={inThread} />}
    </article>
  );
});

function MessageTime({ ts, tz }: { readonly ts: string; readonly tz: string }) {
  return (
    <time className="message__time" dateTime={new Date(Number(ts) * 1000).toISOString()} title={fullTime(ts, tz)}>
      {clockTime(ts, tz)}
    </time>
  );
}
