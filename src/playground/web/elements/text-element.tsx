import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types';
import type { KeyboardEvent } from 'react';
import { useFieldAttributes } from './field-context.ts';
import { type ElementProps, useElement } from './use-element.ts';

type TextInput = PlainTextInput | EmailInput | URLInput | NumberInput;

const inputTypes = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
} as const;

/** A line of text, a number, or (multiline) a longer text such as SQL, in monospace. */
export function TextElement({ blockId, element, dispatches }: ElementProps<TextInput>) {
  const { value, keep, report } = useElement(blockId, element, dispatches);
  const text = typeof value?.value === 'string' ? value.value : '';
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const write = (next: string) => {
    const state = keep({ value: next || null });
    if (dispatches && triggers.includes('on_character_entered')) void report({ value: next }, state);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !dispatches) return;
    if (triggers.includes('on_enter_pressed')) void report({ value: text });
  };
  const common = {
    ...useFieldAttributes(),
    value: text,
    placeholder: element.placeholder?.text,
    autoFocus: element.focus_on_load,
    maxLength: 'max_length' in element ? element.max_length : undefined,
    onKeyDown,
  };
  if (element.type === 'plain_text_input' && element.multiline) {
    const isSql = /sql/i.test(`${element.action_id} ${blockId}`) || /^\s*(select|with)\b/i.test(text);
    return (
      <textarea
        {...common}
        className={`input input--area ${isSql ? 'input--code' : ''}`}
        rows={Math.min(Math.max(text.split('\n').length + 1, 4), 14)}
        spellCheck={!isSql}
        onChange={(event) => write(event.target.value)}
      />
    );
  }
  return (
    <input
      {...common}
      className="input"
      type={inputTypes[element.type]}
      inputMode={element.type === 'number_input' ? 'decimal' : undefined}
      onChange={(event) => write(event.target.value)}
    />
  );
}
