import { Fragment } from 'react';
import type { PageMessage } from '../../page-api.ts';
import { personOf } from '../store/page-state.ts';
import { usePage } from '../store/page-store.tsx';
import { dateOf, dayKey, dayLabel } from '../text/format-time.ts';
import { MessageRow } from './message-row.tsx';

type Props = {
  readonly messages: readonly PageMessage[];
  /** Others' messages after this `ts` come below the "New" line; without it there is no line. */
  readonly lastRead?: string;
  readonly inThread?: boolean;
};

/** Messages of one sender within so many seconds form a group with one name. */
const groupSeconds = 300;

/** Messages with day dividers, the "New" line, and names only where the sender changes. */
export function MessageList({ messages, lastRead, inThread = false }: Props) {
  const { workspace, statuses } = usePage();
  const { me } = workspace;
  const firstNew = lastRead && lastRead !== '0' ? messages.find((m) => Number(m.ts) > Number(lastRead) && m.user !== me.id) : undefined;
  const now = new Date();
  return (
    <>
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const newDay = !before || dayKey(dateOf(before.ts), me.tz) !== dayKey(dateOf(message.ts), me.tz);
        return (
          <Fragment key={message.ts}>
            {newDay && !inThread && <DayDivider label={dayLabel(message.ts, me.tz, now)} />}
            {message === firstNew && <NewDivider />}
            <MessageRow
              message={message}
              author={personOf(workspace, message.user)}
              grouped={!newDay && message !== firstNew && isSameGroup(before, message)}
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
    before.is_ephemeral === message.is_ephemeral &&
    !message.reply_broadcast &&
    Number(message.ts) - Number(before.ts) < groupSeconds
  );
}

function DayDivider({ label }: { readonly label: string }) {
  return (
    <div className="day">
      <span className="day__label">{label}</span>
    </div>
  );
}

function NewDivider() {
  return (
    <div className="new-line">
      <span className="new-line__label">New</span>
    </div>
  );
}
