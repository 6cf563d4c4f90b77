import type { PageMessage, ThreadStatus } from '../../page-api.ts';
import { personOf } from '../store/page-state.ts';
import { useWorkspace } from '../store/page-store.tsx';
import { formatRoute } from '../store/route.ts';
import { relativeTime } from '../text/format-time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';

type Props = { readonly message: PageMessage; readonly status: ThreadStatus | undefined };

/** `2 replies · last reply just now` below a message, and what the bot is doing in its thread. */
export function ThreadSummary({ message, status }: Props) {
  const workspace = useWorkspace();
  const thread = message.thread_ts ?? message.ts;
  const href = formatRoute({ channel: message.channel, tab: 'messages', thread });
  const count = message.reply_count ?? 0;
  if (message.reply_broadcast) return null;
  if (count === 0 && !status?.text) return null;
  return (
    <a className="thread-summary" href={href}>
      <span className="thread-summary__faces">
        {(message.reply_users ?? []).slice(0, 4).map((id) => (
          <Avatar key={id} person={personOf(workspace, id)} size={24} />
        ))}
      </span>
      {count > 0 && <b>{count === 1 ? '1 reply' : `${count} replies`}</b>}
      {status?.text ? (
        <span className="thread-summary__when thread-summary__when--busy">
          {workspace.bot.real_name} {status.text}
        </span>
      ) : (
        message.latest_reply && (
          <span className="thread-summary__when">
            Last reply {relativeTime(message.latest_reply, workspace.me.tz, new Date())}
          </span>
        )
      )}
      <Icon name="right" size={16} />
    </a>
  );
}
