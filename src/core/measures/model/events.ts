import { stem } from '../../language/tokens.ts';
import type { Dataset, Field, Model } from './model.ts';
import { pathTo } from './paths.ts';

/**
 * Rows that have a name, as customers and products do. They are there before and after; what happens on a day is what
 * they take part in.
 */
export const isThing = ({ label, name }: Dataset): boolean =>
  label?.type === 'text' && (/(?:name|title)$/i.test(label.name) || stem(label.name) === stem(name));

const time = (model: Model, name: string): Field | undefined => model.datasets.get(name)?.time;

/** When a row of a dataset happened: its own date, or that of the nearest event that it is a part of. */
export function eventTime(model: Model, dataset: string): Field | undefined {
  const own = time(model, dataset);
  if (own !== undefined) return own;
  const above = [...model.datasets.values()]
    .flatMap((one) => (one.time && !isThing(one) ? [{ time: one.time, far: farTo(model, dataset, one.name) }] : []))
    .filter(({ far }) => far < Infinity)
    .sort((a, b) => a.far - b.far);
  return above[0] !== undefined && above[0].far !== above[1]?.far ? above[0].time : undefined;
}

const farTo = (model: Model, from: string, to: string): number => pathTo(model, from, to)?.length ?? Infinity;

/** What the rows of a dataset take part in, on dates other than their own; the nearest first. */
export function eventsOf(model: Model, dataset: string): readonly Dataset[] {
  const own = time(model, dataset)?.name;
  return [...model.datasets.values()]
    .filter((one) => one.name !== dataset && !one.hidden && !isThing(one))
    .map((one) => ({ one, far: farTo(model, one.name, dataset) }))
    .filter(({ one, far }) => far < Infinity && isDatedApart(model, one.name, own))
    .sort((a, b) => a.far - b.far)
    .map(({ one }) => one);
}

function isDatedApart(model: Model, dataset: string, own: string | undefined): boolean {
  const found = eventTime(model, dataset);
  return found !== undefined && found.name !== own;
}

/** A period belongs to what these rows take part in, unless their own date is named. */
export function takesPart(model: Model, dataset: string): boolean {
  const found = model.datasets.get(dataset);
  return found !== undefined && isThing(found) && eventsOf(model, dataset).length > 0;
}
