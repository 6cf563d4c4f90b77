import { Fragment } from 'react';
import type { PageMessage } from '../../page-api.ts';
import { personOf } from '../store/page-state.ts';
import { usePage } from '../store/page-store.tsx';
import { dateOf, dayKey, dayLabel } from '../text/format-time.ts';
import { MessageRow } from './message-row.tsx';

type Props = {
  readonly messages: readonly PageMessage[];
  /** The "New" line is drawn above this message. */
  readonly firstUnread?: string | undefined;
  readonly inThread?: boolean;
};

/** Messages of one sender within so many seconds form a group with one name. */
const groupSeconds = 300;

/** Messages with day dividers, the "New" line, and names where the sender changes. */
export function MessageList({ messages, firstUnread, inThread = false }: Props) {
  const { workspace, statuses } = usePage();
  const { me } = workspace;
  const now = new Date();
  return (
    <>
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const newDay = !before || dayKey(dateOf(before.ts), me.tz) !== dayKey(dateOf(message.ts), me.tz);
        return (
          <Fragment key={message.ts}>
            {newDay && !inThread && <DayDivider label={dayLabel(message.ts, me.tz, now)} />}
            {message.ts === firstUnread && <NewDivider />}
            <MessageRow
              message={message}
              author={personOf(workspace, message.user)}
              grouped={!newDay && message.ts !== firstUnread && isSameGroup(before, message)}
              inThread={inThread}
              status={inThread ? undefined : statuses[`${message.channel}:${message.ts}`]}
            />
          </Fragment>
        );
      })}
    </>
  );
}

function isSameGroup(before: PageMessage | undefined, message: PageMessage): boolean {
  return (
    before !== undefined &&
    before.user === message.user &&
    !before.reply_count &&
    before.is_ephemeral === message.is_ephemeral &&
    !message.reply_broadcast &&
    Number(message.ts) - Number(before.ts) < groupSeconds
  );
}

function DayDivider({ label }: { readonly label: string }) {
  return (
    <>
      <div className="day-line" />
      <div className="day">
        <span className="day__label">{label}</span>
      </div>
    </>
  );
}

function NewDivider() {
  return (
    <div className="new-line">
      <span className="new-line__label">New</span>
    </div>
  );
}
