import type { BoundParameters, PlaceholderValue } from './verified-match.ts';

/** The values of a template's placeholders: `:name`, and for a period `:name_start` and `:name_end`. */
export function placeholderValues(parameters: BoundParameters): Readonly<Record<string, PlaceholderValue>> {
  const values: Record<string, PlaceholderValue> = {};
  for (const [name, bound] of Object.entries(parameters)) {
    if (bound.type === 'period') {
      values[`${name}_start`] = { type: 'date', value: bound.value.start };
      values[`${name}_end`] = { type: 'date', value: bound.value.end };
    } else if (bound.type === 'integer' || bound.type === 'number')
      values[name] = { type: bound.type, value: bound.value };
    else if (bound.type === 'value' || bound.type === 'choice') values[name] = { type: 'text', value: bound.value };
  }
  return values;
}
