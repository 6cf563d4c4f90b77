import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types';
import type { ActionValue } from '../../page-api.ts';
import { useFieldAttributes } from './field-context.ts';
import { useConfirm } from './use-confirm.tsx';
import { type ElementProps, useElement } from './use-element.ts';

type Picker = Datepicker | Timepicker | DateTimepicker;

const inputTypes = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' } as const;

/** A date, a time or both, with the browser's own picker. */
export function DateElement({ blockId, element, dispatches }: ElementProps<Picker>) {
  const { value, change } = useElement(blockId, element, dispatches);
  const [ask, dialog] = useConfirm(element.confirm);
  const attributes = useFieldAttributes();
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined;
  return (
    <>
      <input
        className="input input--date"
        type={inputTypes[element.type]}
        aria-label={attributes['aria-labelledby'] ? undefined : (placeholder ?? 'Date or time')}
        title={placeholder}
        {...attributes}
        value={shownValue(element.type, value)}
        onChange={(event) => ask(() => change(toActionValue(element.type, event.target.value)))}
      />
      {dialog}
    </>
  );
}

function shownValue(type: Picker['type'], value: Readonly<Record<string, unknown>> | undefined): string {
  if (type === 'datepicker') return String(value?.selected_date ?? '');
  if (type === 'timepicker') return String(value?.selected_time ?? '');
  const seconds = value?.selected_date_time;
  if (typeof seconds !== 'number') return '';
  const local = new Date((seconds - new Date(seconds * 1000).getTimezoneOffset() * 60) * 1000);
  return local.toISOString().slice(0, 16);
}

/** Slack's fields: dates and times as text, a moment as seconds since 1970. */
function toActionValue(type: Picker['type'], text: string): ActionValue {
  if (type === 'datepicker') return { selected_date: text || null };
  if (type === 'timepicker') return { selected_time: text || null };
  return { selected_date_time: text ? Math.floor(new Date(text).getTime() / 1000) : null };
}
