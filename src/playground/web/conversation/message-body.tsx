import { useMemo } from 'react';
import type { Block, PageMessage } from '../../page-api.ts';
import { BlockSurface } from '../blocks/block-surface.tsx';
import { FileCard } from './file-card.tsx';
import { Reactions } from './reactions.tsx';

/** The blocks of a message, otherwise its text; then files and reactions. */
export function MessageBody({ message }: { readonly message: PageMessage }) {
  const { channel, ts, text } = message;
  const place = useMemo(() => ({ channel, message_ts: ts }), [channel, ts]);
  const blocks = useMemo(() => (message.blocks?.length ? message.blocks : textBlocks(text)), [message.blocks, text]);
  const streaming = message.streaming_state === 'in_progress';
  return (
    <div className={`message__body ${streaming ? 'message__body--streaming' : ''}`} aria-busy={streaming}>
      {streaming && blocks.length === 0 && <span className="typing" role="img" aria-label="Writing" />}
      <BlockSurface place={place} blocks={blocks} />
      {message.edited && !message.bot_id && <span className="message__edited">(edited)</span>}
      {message.files?.map((file) => (
        <FileCard key={file.id} file={file} />
      ))}
      {message.reactions && message.reactions.length > 0 && <Reactions reactions={message.reactions} />}
    </div>
  );
}

function textBlocks(text: string): readonly Block[] {
  return text.trim() ? [{ type: 'section', block_id: 'text', text: { type: 'mrkdwn', text } }] : [];
}
