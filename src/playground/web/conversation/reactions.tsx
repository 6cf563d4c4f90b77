import type { Reaction } from '../../page-api.ts';
import { SlackText } from '../blocks/slack-text.tsx';
import { personOf } from '../store/page-state.ts';
import { useWorkspace } from '../store/page-store.tsx';

/** The emoji under a message with their counts. */
export function Reactions({ reactions }: { readonly reactions: readonly Reaction[] }) {
  const workspace = useWorkspace();
  return (
    <ul className="reactions" aria-label="Reactions">
      {reactions.map((reaction) => (
        <li
          key={reaction.name}
          className={`reaction ${reaction.users.includes(workspace.me.id) ? 'reaction--mine' : ''}`}
          title={`${reaction.users.map((id) => personOf(workspace, id)?.real_name ?? id).join(', ')} reacted with :${reaction.name}:`}
        >
          <SlackText inline text={{ type: 'plain_text', text: `:${reaction.name}:` }} /> {reaction.count}
        </li>
      ))}
    </ul>
  );
}
