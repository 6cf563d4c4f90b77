import type { FeedbackButtons } from '@slack/types';
import { useState } from 'react';
import { IconButton } from '../parts/icon-button.tsx';
import { type ElementProps, useElement } from './use-element.ts';

/** Thumbs up and down; the one given stays marked. */
export function FeedbackElement({ blockId, element, dispatches }: ElementProps<FeedbackButtons>) {
  const { busy, report } = useElement(blockId, element, dispatches);
  const [given, setGiven] = useState<'up' | 'down'>();
  const { positive_button: up, negative_button: down } = element;
  const give = (which: 'up' | 'down', value: string) => {
    setGiven(which);
    void report({ value });
  };
  return (
    <>
      <IconButton
        icon="thumbs-up"
        size={18}
        label={up.accessibility_label ?? up.text.text}
        aria-pressed={given === 'up'}
        disabled={busy}
        onClick={() => give('up', up.value)}
      />
      <IconButton
        icon="thumbs-down"
        size={18}
        label={down.accessibility_label ?? down.text.text}
        aria-pressed={given === 'down'}
        disabled={busy}
        onClick={() => give('down', down.value)}
      />
    </>
  );
}
