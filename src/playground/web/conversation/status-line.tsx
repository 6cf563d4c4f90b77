import { useEffect, useState } from 'react';
import type { ThreadStatus } from '../../page-api.ts';
import { Icon } from '../parts/icon.tsx';
import { useActions, useWorkspace } from '../store/page-store.tsx';

/** How long each waiting line is shown, in milliseconds. */
const turn = 2_500;

/** `Memori is reading the schema…` above a thread's composer, with Slack's Stop button while a session is processing. */
export function StatusLine({ status }: { readonly status: ThreadStatus | undefined }) {
  const { bot } = useWorkspace();
  const { stop } = useActions();
  const loading = useRotation(status?.loading ?? []);
  const text = status?.text ? `${bot.real_name} ${status.text}` : '';
  return (
    <div className="status-line" role="status">
      {text && (
        <>
          <span className="typing" aria-hidden="true" />
          <span className="status-line__text">{loading ?? text}</span>
        </>
      )}
      {status?.session === 'processing' && (
        <button type="button" className="button button--small" onClick={() => void stop(status.channel, status.thread_ts)}>
          <Icon name="stop" size={14} /> Stop
        </button>
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
