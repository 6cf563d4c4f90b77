import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from '../parts/icon-button.tsx';
import { nextIndex } from '../parts/menu.tsx';
import { useActions, useWorkspace } from '../store/page-store.tsx';
import { useDraft } from '../store/use-draft.ts';
import { completionAt } from '../text/completion.ts';
import { outgoingText } from '../text/outgoing-text.ts';
import { CompletionList } from './completion-list.tsx';
import { MentionHighlight } from './mention-highlight.tsx';

type Conversation = { readonly channel: string; readonly threadTs?: string };

type Props = { readonly conversation: Conversation; readonly placeholder: string; readonly autoFocus?: boolean };

/** Where one writes: Enter sends, Shift+Enter breaks the line, `@` and `/` complete. */
export function Composer({ conversation, placeholder, autoFocus = false }: Props) {
  const workspace = useWorkspace();
  const actions = useActions();
  const [text, setText] = useDraft(`${workspace.me.id}.${conversation.channel}.${conversation.threadTs ?? ''}`);
  const [caret, setCaret] = useState(text.length);
  const [chosen, setChosen] = useState(0);
  const [closedFor, setClosedFor] = useState<string>();
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();

  const people = [workspace.bot, ...workspace.people];
  const commands = conversation.threadTs ? [] : workspace.commands;
  const completion = closedFor === text ? undefined : completionAt(text, caret, people, commands);
  const at = Math.min(chosen, (completion?.items.length ?? 1) - 1);

  useLayoutEffect(() => grow(box.current, text), [text]);
  useEffect(() => {
    if (autoFocus && window.matchMedia('(hover: hover)').matches) box.current?.focus();
  }, [autoFocus]);

  const write = (next: string, nextCaret: number) => {
    setText(next);
    setCaret(nextCaret);
    setChosen(0);
    box.current?.focus();
    requestAnimationFrame(() => box.current?.setSelectionRange(nextCaret, nextCaret));
  };
  const complete = (index: number) => {
    const item = completion?.items[index];
    if (!completion || !item) return;
    const head = text.slice(0, completion.from) + item.insert;
    write(head + text.slice(caret), head.length);
  };
  const insert = (mark: string) => {
    const spaced = mark === '@' && caret > 0 && !/\s$/.test(text.slice(0, caret)) ? ` ${mark}` : mark;
    setClosedFor(undefined);
    write(text.slice(0, caret) + spaced + text.slice(caret), caret + spaced.length);
  };
  const send = async () => {
    const typed = text.trim();
    if (!typed) return;
    write('', 0);
    const sent = typed.startsWith('/')
      ? await sendCommand(typed)
      : await actions.send(conversation.channel, outgoingText(typed, people), conversation.threadTs);
    if (!sent) setText(text);
  };
  const sendCommand = async (line: string): Promise<boolean> => {
    if (!conversation.threadTs) return actions.command(conversation.channel, line);
    actions.toast('Slack does not run slash commands in threads. Send it from the channel instead.');
    return false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (completion && ['ArrowUp', 'ArrowDown'].includes(event.key)) {
      setChosen(nextIndex(event.key, at, completion.items.length) ?? 0);
    } else if (completion && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))) complete(at);
    else if (completion && event.key === 'Escape') setClosedFor(text);
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else return;
    event.preventDefault();
  };

  return (
    <div className="composer">
      {completion && (
        <CompletionList id={listId} completion={completion} chosen={at} onChoose={complete} onPoint={setChosen} />
      )}
      <div className="composer__box">
        <div className="composer__field">
          <MentionHighlight text={text} people={people} />
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
            maxLength={12_000}
            onChange={(event) => {
              setText(event.target.value);
              setCaret(event.target.selectionStart);
              setChosen(0);
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onKeyDown={onKeyDown}
          />
        </div>
        <div className="composer__bar">
          <IconButton icon="at" size={18} label="Mention somebody" onClick={() => insert('@')} />
          {!conversation.threadTs && (
            <IconButton
              icon="slash"
              size={18}
              label="Slash command"
              disabled={text !== ''}
              onClick={() => insert('/')}
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
            onClick={() => void send()}
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
