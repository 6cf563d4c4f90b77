import { useState } from 'react';

/** The unsent text of one conversation, kept as long as the tab is open. Give the component the conversation as key. */
export function useDraft(conversation: string): readonly [string, (text: string) => void] {
  const key = `playground.draft.${conversation}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const keep = (next: string) => {
    if (next) sessionStorage.setItem(key, next);
    else sessionStorage.removeItem(key);
    setText(next);
  };
  return [text, keep];
}
