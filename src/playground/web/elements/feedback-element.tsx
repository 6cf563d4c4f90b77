import type { FeedbackButtons } from '@slack/types';
import { useState } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { type ElementProps, useElement } from './use-element.ts';

/** Thumbs up and down; the chosen one stays highlighted. */
export function FeedbackElement({ blockId, element, dispatches }: ElementProps<FeedbackButtons>) {
  const { busy, report } = useElement(blockId, element, dispatches);
  const [given, setGiven] = useState<string>();
  const give = (which: string, value: string) => {
    setGiven(which);
    void report({ value });
  };
  const thumbs = [
    ['thumbs-up', element.positive_button],
    ['thumbs-down', element.negative_button],
  ] as const;
  return thumbs.map(([icon, button]) => (
    <IconButton
      key={icon}
      icon={icon}
      size={18}
      label={button.accessibility_label ?? button.text.text}
      aria-pressed={given === icon}
      disabled={busy}
      onClick={() => give(icon, button.value)}
    />
  ));
}
