import { useEffect, useState } from 'react';
import type { ThreadStatus } from '../../page-api.ts';
import { useActions, useWorkspace } from '../store/page-store.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';

/** How long each waiting line is shown, in milliseconds. */
const turn = 2_500;

/** What the bot is doing, in the place of its answer, with Slack's Stop button while a session is processing. */
export function StatusRow({ status }: { readonly status: ThreadStatus | undefined }) {
  const { bot } = useWorkspace();
  const { stop } = useActions();
  const loading = useRotation(status?.loading ?? []);
  const canStop = status?.session === 'processing';
  const text = status?.text || (canStop ? 'is working…' : '');
  return (
    <div className="status-row" role="status">
      {status && text && (
        <>
          <Avatar person={bot} size={24} />
          <span className="typing" aria-hidden="true" />
          <span className="status-row__text">{loading ?? `${bot.real_name} ${text}`}</span>
          {canStop && (
            <button
              type="button"
              className="button button--small"
              onClick={() => void stop(status.channel, status.thread_ts)}
            >
              <Icon name="stop" size={14} /> Stop
            </button>
          )}
        </>
      )}
    </div>
  );
}

function useRotation(lines: readonly string[]): string | undefined {
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (lines.length < 2) return;
    const timer = window.setInterval(() => setAt((index) => index + 1), turn);
    return () => window.clearInterval(timer);
  }, [lines.length]);
  return lines[at % lines.length];
}
