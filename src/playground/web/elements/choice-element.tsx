import type { Checkboxes, RadioButtons } from '@slack/types';
import { useContext, useId } from 'react';
import { SlackText } from '../blocks/slack-text.tsx';
import { FieldContext } from './field-context.ts';
import { useConfirm } from './use-confirm.tsx';
import { type ElementProps, useElement } from './use-element.ts';

type Option = Checkboxes['options'][number];

/** Checkboxes or radio buttons. */
export function ChoiceElement({ blockId, element, dispatches }: ElementProps<Checkboxes | RadioButtons>) {
  const { value, change } = useElement(blockId, element, dispatches);
  const [ask, dialog] = useConfirm(element.confirm);
  const field = useContext(FieldContext);
  const name = useId();
  const several = element.type === 'checkboxes';
  const chosen = (several ? value?.selected_options : [value?.selected_option]) as
    | readonly (Option | null)[]
    | undefined;
  const isChosen = (option: Option) => chosen?.some((known) => known?.value === option.value) ?? false;
  const toggle = (option: Option) => {
    const next = element.options.filter((known) => (known === option ? !isChosen(known) : isChosen(known)));
    ask(() => change(several ? { selected_options: next } : { selected_option: option }));
  };
  return (
    <fieldset className="choices" aria-labelledby={field.labelledBy} aria-describedby={field.describedBy || undefined}>
      {element.options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type={several ? 'checkbox' : 'radio'}
            name={name}
            checked={isChosen(option)}
            onChange={() => toggle(option)}
          />
          <span>
            <SlackText inline text={option.text} />
            {option.description && (
              <small>
                <SlackText inline text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
      {dialog}
    </fieldset>
  );
}
