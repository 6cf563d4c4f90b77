import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { CompletionList } from './completion-list.tsx';
import { MentionHighlight } from './mention-highlight.tsx';
import { type Destination, useComposer } from './use-composer.ts';

type Props = { readonly conversation: Destination; readonly placeholder: string; readonly autoFocus?: boolean };

/** Slack's longest message, in characters. */
const longest = 12_000;

/** The message field: Enter sends, Shift+Enter breaks the line, `@` and `/` complete. */
export function Composer({ conversation, placeholder, autoFocus = false }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const composer = useComposer(conversation, box);
  const { text, completion, at } = composer;
  const listId = useId();

  useLayoutEffect(() => grow(box.current, text), [text]);
  useEffect(() => {
    if (autoFocus && window.matchMedia('(hover: hover)').matches) box.current?.focus();
  }, [autoFocus]);

  return (
    <div className="composer">
      {completion && (
        <CompletionList
          id={listId}
          completion={completion}
          chosen={at}
          onChoose={composer.complete}
          onPoint={composer.setChosen}
        />
      )}
      <div className="composer__box">
        <div className="composer__field">
          <MentionHighlight text={text} people={composer.people} />
          <textarea
            ref={box}
            rows={1}
            value={text}
            placeholder={placeholder}
            aria-label={placeholder}
            aria-autocomplete="list"
            aria-controls={completion ? listId : undefined}
            aria-activedescendant={completion ? `${listId}-${at}` : undefined}
            enterKeyHint="send"
            maxLength={longest}
            onChange={(event) => composer.type(event.target.value, event.target.selectionStart)}
            onSelect={(event) => composer.setCaret(event.currentTarget.selectionStart)}
            onKeyDown={composer.onKeyDown}
          />
        </div>
        <div className="composer__bar">
          <IconButton icon="at" size={18} label="Mention somebody" onClick={() => composer.insert('@')} />
          {!conversation.threadTs && (
            <IconButton
              icon="slash"
              size={18}
              label="Slash command"
              disabled={text !== ''}
              onClick={() => composer.insert('/')}
            />
          )}
          <span className="composer__hint">
            <kbd>Enter</kbd> to send, <kbd>Shift Enter</kbd> for a new line
          </span>
          <IconButton
            icon="send"
            size={18}
            label="Send"
            className="composer__send"
            disabled={!text.trim()}
            onClick={() => void composer.send()}
          />
        </div>
      </div>
    </div>
  );
}

/** As high as its text; CSS sets the most. */
function grow(box: HTMLTextAreaElement | null, _text: string) {
  if (!box) return;
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}
