import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useActions, useWorkspace } from '../store/page-store.tsx';
import { useDraft } from '../store/use-draft.ts';
import { completionAt } from '../text/completion.ts';
import { outgoingText } from '../text/outgoing-text.ts';
import { nextIndex } from '../ui/menu.tsx';

/** Where a composer writes to. */
export type Destination = { readonly channel: string; readonly threadTs?: string };

/** The text being written, its completions, and sending it. */
export function useComposer({ channel, threadTs }: Destination, box: RefObject<HTMLTextAreaElement | null>) {
  const workspace = useWorkspace();
  const actions = useActions();
  const [text, setText] = useDraft(`${workspace.me.id}.${channel}.${threadTs ?? ''}`);
  const [caret, setCaret] = useState(text.length);
  const [chosen, setChosen] = useState(0);
  const [closedFor, setClosedFor] = useState<string>();
  const wantedCaret = useRef<number>(undefined);

  const people = [workspace.bot, ...workspace.people];
  const commands = threadTs ? [] : workspace.commands;
  const completion = closedFor === text ? undefined : completionAt(text, caret, people, commands);
  const at = Math.min(chosen, (completion?.items.length ?? 1) - 1);

  // Before the next key arrives, or the letters of a fast typist end up in the wrong place.
  useLayoutEffect(() => {
    if (wantedCaret.current === undefined) return;
    box.current?.setSelectionRange(wantedCaret.current, wantedCaret.current);
    wantedCaret.current = undefined;
  });

  const type = (next: string, nextCaret: number) => {
    setText(next);
    setCaret(nextCaret);
    setChosen(0);
  };
  const write = (next: string, nextCaret: number) => {
    type(next, nextCaret);
    wantedCaret.current = nextCaret;
    box.current?.focus();
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
  const deliver = async (typed: string): Promise<boolean> => {
    if (!typed.startsWith('/')) return actions.send(channel, outgoingText(typed, people), threadTs);
    if (!threadTs) return actions.command(channel, typed);
    actions.toast('Slack does not run slash commands in threads. Send it from the channel instead.');
    return false;
  };
  const send = async () => {
    const typed = text.trim();
    if (!typed) return;
    write('', 0);
    const sent = await deliver(typed);
    if (!sent && !box.current?.value) setText(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const isEnter = event.key === 'Enter' && !event.shiftKey;
    if (completion && ['ArrowUp', 'ArrowDown'].includes(event.key)) {
      setChosen(nextIndex(event.key, at, completion.items.length) ?? 0);
    } else if (completion && (event.key === 'Tab' || isEnter)) complete(at);
    else if (completion && event.key === 'Escape') setClosedFor(text);
    else if (isEnter) void send();
    else return;
    event.preventDefault();
  };
  return { text, people, completion, at, type, setCaret, setChosen, complete, insert, send, onKeyDown };
}
