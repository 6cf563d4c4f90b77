import type { PlainTextOption } from '@slack/types';
import { useRef, useState } from 'react';
import type { ActionValue } from '../../page-api.ts';
import { useWorkspace } from '../store/page-store.tsx';
import { Icon } from '../ui/icon.tsx';
import { useFieldAttributes } from './field-context.ts';
import { SelectList } from './select-list.tsx';
import type { SelectType } from './select-options.ts';
import { useConfirm } from './use-confirm.tsx';
import { type ElementProps, useElement } from './use-element.ts';

/** A menu with one or several choices, of any of Slack's ten kinds. */
export function SelectElement({ blockId, element, dispatches }: ElementProps<SelectType>) {
  const { value, change, place, busy } = useElement(blockId, element, dispatches);
  const [ask, dialog] = useConfirm(element.confirm);
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const attributes = useFieldAttributes();
  const several = element.type.startsWith('multi_');
  const chosen = useChosen(element, value);
  const choose = (option: PlainTextOption) => {
    const isIn = chosen.some((known) => known.value === option.value);
    const rest = chosen.filter((known) => known.value !== option.value);
    const next = several ? (isIn ? rest : [...chosen, option]) : [option];
    if (!several) setOpen(false);
    ask(() => change(fieldsOf(element, next)));
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={`select ${chosen.length === 0 ? 'select--empty' : ''}`}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-busy={busy}
        {...attributes}
        aria-labelledby={undefined}
        onClick={() => setOpen(!open)}
      >
        <span className="select__text">
          {chosen.length > 0
            ? chosen.map((option) => option.text.text).join(', ')
            : (element.placeholder?.text ?? 'Choose…')}
        </span>
        <Icon name="down" size={16} />
      </button>
      {open && (
        <SelectList
          anchor={trigger}
          element={element}
          blockId={blockId}
          place={place}
          chosen={chosen}
          onChoose={choose}
          onClose={() => setOpen(false)}
        />
      )}
      {dialog}
    </>
  );
}

/** The chosen options, whatever field Slack keeps them in. */
function useChosen(
  element: SelectType,
  value: Readonly<Record<string, unknown>> | undefined,
): readonly PlainTextOption[] {
  const workspace = useWorkspace();
  if (element.type.endsWith('static_select') || element.type.endsWith('external_select')) {
    const options = value?.selected_options ?? (value?.selected_option ? [value.selected_option] : []);
    return options as readonly PlainTextOption[];
  }
  const field = idField(element.type);
  const held = value?.[field];
  const ids: readonly unknown[] = Array.isArray(held) ? held : held ? [held] : [];
  const names = new Map([
    ...workspace.people.map((p) => [p.id, p.real_name] as const),
    ...workspace.channelNames.map((c) => [c.id, c.name] as const),
  ]);
  return ids.map(String).map((id) => ({ value: id, text: { type: 'plain_text', text: names.get(id) ?? id } }));
}

/** The choice in the fields of Slack's action and state. */
function fieldsOf(element: SelectType, chosen: readonly PlainTextOption[]): ActionValue {
  const several = element.type.startsWith('multi_');
  if (element.type.endsWith('static_select') || element.type.endsWith('external_select')) {
    return several ? { selected_options: chosen } : { selected_option: chosen[0] ?? null };
  }
  const ids = chosen.map((option) => option.value ?? '');
  return { [idField(element.type)]: several ? ids : (ids[0] ?? null) };
}

/** `multi_users_select` → `selected_users`, `channels_select` → `selected_channel`. */
function idField(type: SelectType['type']): string {
  const plural = type.replace('multi_', '').replace('_select', '');
  return `selected_${type.startsWith('multi_') ? plural : plural.slice(0, -1)}`;
}
