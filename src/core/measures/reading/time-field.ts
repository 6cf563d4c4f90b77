import type { Field, Model } from '../model/model.ts';
import { pathTo } from '../model/paths.ts';
import { unreadable } from './explore.ts';
import type { Reading } from './reading.ts';

/** The field that a period or a grain refers to: the one named, the metric's, the dataset's, or the nearest one above. */
export function timeField(model: Model, reading: Reading, dataset: string, own: Field | undefined): Field {
  if (reading.time?.field) return model.fields.get(reading.time.field) ?? unreadable();
  if (own) return own;
  const at = model.datasets.get(dataset);
  if (at?.time) return at.time;
  if (at?.fields.some(({ isTime }) => isTime)) return unreadable();
  const above = [...model.datasets.values()]
    .flatMap(({ name, time }) => (time ? [{ time, far: pathTo(model, dataset, name)?.length ?? Infinity }] : []))
    .filter(({ far }) => far < Infinity)
    .sort((a, b) => a.far - b.far);
  return above[0] !== undefined && above[0].far !== above[1]?.far ? above[0].time : unreadable();
}
