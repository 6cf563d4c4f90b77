import { eventTime, isThing, takesPart } from '../model/events.ts';
import type { Model } from '../model/model.ts';
import { unreadable } from './explore.ts';
import type { Filter, Reading } from './reading.ts';
import type { ReadingDraft } from './reading-draft.ts';
import { measuredDatasets } from './term-keys.ts';

type Exists = Extract<Filter, { kind: 'exists' }>;

/**
 * A period goes to what is counted, when that happens on a day: "orders without refunds last month" are orders of last
 * month. "orders with refunds last month" may have been placed or refunded then: the person is asked. Where things are
 * counted it goes to what they did: "customers without orders last month" did not order then.
 */
export function withPeriodInPlace(draft: ReadingDraft, reading: Reading): Reading {
  const { model } = draft;
  const existing = reading.filters.filter((one): one is Exists => one.kind === 'exists');
  const [only, ...more] = existing;
  if (only === undefined || more.length > 0) return reading;
  const counted = reading.metrics.length === 0 ? [reading.root ?? ''] : measuredDatasets(model, reading.metrics);
  const areThings = counted.every((name) => {
    const found = model.datasets.get(name);
    return found !== undefined && isThing(found);
  });
  const moved = areThings ? toExists(model, reading, only) : toCounted(draft, reading, only, counted);
  const stays = moved.filters.find((one): one is Exists => one.kind === 'exists');
  // What the things in between do has a date of its own, which nobody named.
  if (stays?.span && takesPart(model, stays.dataset)) unreadable();
  return moved;
}

const replaced = ({ filters }: Reading, old: Exists, fresh: Exists): Filter[] =>
  filters.map((one) => (one === old ? fresh : one));

function toCounted(
  { model, choose, clauses }: ReadingDraft,
  reading: Reading,
  exists: Exists,
  counted: readonly string[],
): Reading {
  const { span, ...bare } = exists;
  const dates = counted.map((name) => eventTime(model, name)?.name);
  if (span === undefined || reading.time !== undefined || dates.includes(undefined)) return reading;
  const moved: Reading = { ...reading, filters: replaced(reading, exists, bare), time: { span } };
  // "with any refunds refunded in May"
  if (clauses.some((one) => one.kind === 'exists' && one.where.some((said) => said.kind === 'period' && said.field)))
    return reading;
  const isOneDate = dates.every((name) => name === eventTime(model, exists.dataset)?.name);
  if (exists.negated || isOneDate) return moved;
  return choose([
    { value: moved, cost: 0 },
    { value: reading, cost: 0 },
  ]);
}

function toExists(model: Model, reading: Reading, exists: Exists): Reading {
  const { time, ...rest } = reading;
  const isFree =
    exists.span === undefined && time?.field === undefined && eventTime(model, exists.dataset) !== undefined;
  if (time?.span === undefined || !isFree) return reading;
  return { ...rest, filters: replaced(reading, exists, { ...exists, span: time.span }) };
}
