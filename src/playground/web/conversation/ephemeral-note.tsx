import type { PageMessage } from '../../page-api.ts';
import { useActions } from '../store/page-store.tsx';
import { Icon } from '../ui/icon.tsx';

/** "Only visible to you", with a link to dismiss the message. */
export function EphemeralNote({ message }: { readonly message: PageMessage }) {
  const { dismiss } = useActions();
  return (
    <p className="message__note message__note--ephemeral">
      <Icon name="eye" size={14} /> Only visible to you ·{' '}
      <button type="button" className="link-button" onClick={() => dismiss(message.channel, message.ts)}>
        Dismiss
      </button>
    </p>
  );
}
