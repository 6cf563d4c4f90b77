import type { InputBlock as Input } from '@slack/types';
import { useId } from 'react';
import { Element } from '../elements/element.tsx';
import { FieldContext } from '../elements/field-context.ts';
import { Icon } from '../ui/icon.tsx';
import { asSlackElement } from './block-kit.ts';
import { useSurface } from './surface-context.ts';

type Props = { readonly block: Input; readonly blockId: string };

/** A labelled field with its hint and its error. */
export function InputBlock({ block, blockId }: Props) {
  const { errors } = useSurface();
  const error = errors[blockId];
  const id = useId();
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const isGroup = ['checkboxes', 'radio_buttons'].includes(block.element.type);
  const label = (
    <>
      {block.label.text}
      {block.optional && <span className="field__optional"> (optional)</span>}
    </>
  );
  return (
    <div className={`field ${error ? 'field--wrong' : ''}`} data-block={blockId}>
      {isGroup ? (
        <span className="field__label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className="field__label" htmlFor={id} id={`${id}-label`}>
          {label}
        </label>
      )}
      <FieldContext value={{ id, labelledBy: `${id}-label`, describedBy: described, invalid: error !== undefined }}>
        <Element
          blockId={blockId}
          element={asSlackElement(block.element)}
          dispatches={block.dispatch_action === true}
        />
      </FieldContext>
      {error && (
        <p className="field__error" id={`${id}-error`} role="alert">
          <Icon name="warning" size={16} /> {error}
        </p>
      )}
      {block.hint && (
        <p className="field__hint" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      )}
    </div>
  );
}
