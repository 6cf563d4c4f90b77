import { eventTime, isThing } from '../model/events.ts';
import type { Field, Model } from '../model/model.ts';
import { unreadable } from './explore.ts';
import type { Reading } from './reading.ts';

/**
 * The field that a period or a grain refers to: the one named, the metric's, or that of the event. `base`: the rows that
 * are counted from. Customers that are counted from their orders are those who ordered then, whenever they joined.
 */
export function timeField(
  model: Model,
  reading: Reading,
  dataset: string,
  own: Field | undefined,
  base = dataset,
): Field {
  if (reading.time?.field) return model.fields.get(reading.time.field) ?? unreadable();
  if (own) return own;
  const at = model.datasets.get(dataset);
  if (base !== dataset && at !== undefined && isThing(at)) {
    const event = eventTime(model, base);
    if (event !== undefined && event.name !== at.time?.name) return event;
  }
  if (at?.time) return at.time;
  // Of two dates, the person says which.
  if (at?.fields.some(({ isTime }) => isTime)) return unreadable();
  return eventTime(model, dataset) ?? unreadable();
}
