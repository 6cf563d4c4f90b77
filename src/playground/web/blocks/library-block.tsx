import { type Block as LibraryBlockType, Message, type MessageProps } from 'slack-blocks-to-jsx';
import type { Block } from '../../page-api.ts';
import { useTheme } from '../store/use-theme.tsx';
import { useMentions } from './use-mentions.tsx';

type Props = { readonly block: Block; readonly className?: string };

/** A block rendered by slack-blocks-to-jsx, without its frame, with this workspace's names and safe links. */
export function LibraryBlock({ block, className = '' }: Props) {
  const { shown } = useTheme();
  const mentions: Pick<MessageProps, 'data' | 'hooks'> = useMentions();
  const blocks = [block as unknown as LibraryBlockType];
  return <Message blocks={blocks} logo="" name="" theme={shown} withoutWrapper className={className} {...mentions} />;
}
