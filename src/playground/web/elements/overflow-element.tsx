import type { Overflow } from '@slack/types';
import { useRef, useState } from 'react';
import { isWebLink } from '../blocks/safe-link.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { useConfirm } from './use-confirm.tsx';
import { type ElementProps, useElement } from './use-element.ts';

/** The three dots with further actions. */
export function OverflowElement({ blockId, element, dispatches }: ElementProps<Overflow>) {
  const { busy, report } = useElement(blockId, element, dispatches);
  const [ask, dialog] = useConfirm(element.confirm);
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const select = (option: Overflow['options'][number]) => {
    setOpen(false);
    if (option.url && isWebLink(option.url)) window.open(option.url, '_blank', 'noopener');
    ask(() => void report({ selected_option: option }));
  };
  return (
    <>
      <IconButton
        ref={trigger}
        icon="more"
        label="More options"
        className="icon-button--framed"
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={busy}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Menu anchor={trigger} label="More options" onClose={() => setOpen(false)}>
          {element.options.map((option) => (
            <MenuItem key={option.value ?? option.text.text} onSelect={() => select(option)}>
              <span className="menu__label">
                {option.text.text}
                {option.description && <small>{option.description.text}</small>}
              </span>
            </MenuItem>
          ))}
        </Menu>
      )}
      {dialog}
    </>
  );
}
