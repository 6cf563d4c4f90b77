import type { Model } from '../model/model.ts';
import { unreadable } from './explore.ts';
import type { Measure } from './reading.ts';

/** What a number is said to be of: things that are counted, a share, a size, or money in a currency (ISO 4217). */
export type Unit = 'THINGS' | 'PERCENT' | 'SIZE' | 'EUR' | 'USD' | 'GBP' | 'CNY';

const isMoney = (unit: Unit): boolean => !['THINGS', 'PERCENT', 'SIZE'].includes(unit);

/** Money of another currency than the figures are in is not compared with them. */
export function requireCurrency(unit: Unit | undefined, model: Model): void {
  if (unit === undefined || !isMoney(unit)) return;
  const known = new Set([...model.metrics.values()].flatMap(({ currency }) => currency ?? []));
  if (known.size > 0 && !known.has(unit)) unreadable();
}

/** "over 500 euros" says nothing of a number of orders, and "over 20 %" nothing of revenue. */
export function requireUnit(unit: Unit | undefined, measure: Measure, model: Model): void {
  if (unit === undefined) return;
  requireCurrency(unit, model);
  if (!unitsOf(measure, model).includes(isMoney(unit) ? 'money' : unit)) unreadable();
}

function unitsOf(measure: Measure, model: Model): readonly (Unit | 'money')[] {
  if (measure.kind === 'ratio') return unitsOf(measure.of, model);
  if (measure.kind === 'aggregate') return ['THINGS', 'PERCENT', 'SIZE', 'money'];
  const metric = measure.kind === 'metric' ? model.metrics.get(measure.metric) : undefined;
  if (metric === undefined || metric.components.every(({ countsRows }) => countsRows)) return ['THINGS'];
  if (metric.format === 'percent') return ['PERCENT'];
  // A drafted model does not know what is money.
  return metric.format === 'currency' ? ['money'] : ['THINGS', 'SIZE', 'money'];
}
