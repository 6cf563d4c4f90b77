import type { PagePerson } from '../../page-api.ts';
import { mentionPieces } from '../text/outgoing-text.ts';

type Props = { readonly text: string; readonly people: readonly PagePerson[] };

/**
 * Highlights mentions behind the composer's text area, with the same text in a transparent colour, because a text area
 * cannot colour parts of its text.
 */
export function MentionHighlight({ text, people }: Props) {
  let offset = 0;
  return (
    <div className="composer__ink" aria-hidden="true">
      {mentionPieces(text, people).map((piece) => {
        const key = offset;
        offset += piece.text.length + 1;
        return piece.mention ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
      })}
    </div>
  );
}
