import type { PlainTextOption } from '@slack/types';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { ElementPlace } from '../../page-api.ts';
import { Icon } from '../ui/icon.tsx';
import { nextIndex } from '../ui/menu.tsx';
import { Popup } from '../ui/popup.tsx';
import { type SelectType, useSelectOptions } from './select-options.ts';

type Props = {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly element: SelectType;
  readonly blockId: string;
  readonly place: ElementPlace;
  readonly chosen: readonly PlainTextOption[];
  readonly onChoose: (option: PlainTextOption) => void;
  readonly onClose: () => void;
};

/** The open menu of a select: a field to search by and the options that match. */
export function SelectList({ anchor, element, blockId, place, chosen, onChoose, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const groups = useSelectOptions(element, place, blockId, typed);
  const flat = groups.flatMap((group) => group.options);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, at, flat.length);
    const option = flat[at];
    if (next !== undefined) setAt(next);
    else if (event.key === 'Enter' && option && !event.nativeEvent.isComposing) onChoose(option);
    else return;
    event.preventDefault();
  };
  return (
    <Popup anchor={anchor} label={element.placeholder?.text ?? 'Options'} className="select-list" onClose={onClose}>
      <input
        ref={field}
        className="input"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={flat[at] ? `${id}-${at}` : undefined}
        aria-label="Search"
        placeholder="Search"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={id}
        role="listbox"
        aria-label="Options"
        tabIndex={-1}
        aria-multiselectable={element.type.startsWith('multi_')}
      >
        {groups.map((group) => (
          <div key={group.label}>
            {group.label && <p className="select-list__group">{group.label}</p>}
            {group.options.map((option) => {
              const index = flat.indexOf(option);
              const isChosen = chosen.some((known) => known.value === option.value);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the combobox above
                <div
                  key={option.value}
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={isChosen}
                  className={`select-list__option ${index === at ? 'select-list__option--at' : ''}`}
                  onMouseMove={() => setAt(index)}
                  onClick={() => onChoose(option)}
                >
                  <span>
                    {option.text.text}
                    {option.description && <small>{option.description.text}</small>}
                  </span>
                  {isChosen && <Icon name="check" size={16} />}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {flat.length === 0 && <p className="select-list__none">No matches</p>}
    </Popup>
  );
}
