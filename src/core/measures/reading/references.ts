import type { Filter, Reading } from './reading.ts';

/** "there" as a place, not in "are there". */
const place =
  /(?<!\b(?:is|are|was|were|be|been|has|have|had|will)\s)\b(?:over |from |in )?there\b(?!\s+(?:is|are|was|were|be|been)\b)|\b(?:in|for|of) (?:that|this same|the same) (?:city|town|country|region|category|segment|channel|place|department|one)\b|那里|那边|那儿|该(?:城市|国家|地区|品类|渠道)/giu;
const period =
  /\b(?:in|during|for|on|over) (?:that|the same) (?:day|week|month|quarter|year|period|time)\b|\b(?:that|the same) (?:day|week|month|quarter|year|period)\b(?! (?:last|a year|of the))|\b(?:back )?then$|那(?:个|一)?(?:天|周|月|季度|年|段时间)|当(?:天|周|月|季)(?!度)|同一(?:时期|时间)|那时候?/giu;

/** What a question points back to in the answer before it. */
export type References = { readonly place: boolean; readonly period: boolean; readonly rest: string };

const has = (pattern: RegExp, text: string): boolean => text.search(pattern) >= 0;

/** The words that point back, and the question without them. Undefined when there are none. */
export function referencesIn(text: string): References | undefined {
  const found = { place: has(place, text), period: has(period, text) };
  if (!found.place && !found.period) return undefined;
  const rest = text.replace(place, ' ').replace(period, ' ').replace(/\s+/gu, ' ').trim();
  return { ...found, rest };
}

/** A question about what the answer before was about: of its rows and its period. Undefined when that named none. */
export function pointedBack(reading: Reading, previous: Reading, references: References): Reading | undefined {
  const isNamed = (old: Filter): boolean =>
    'field' in old && reading.filters.some((one) => 'field' in one && one.field === old.field);
  const kept = previous.filters.filter((one) => one.kind !== 'having' && !isNamed(one));
  if (references.place && !kept.some(({ kind }) => kind === 'values')) return undefined;
  if (references.period && previous.time?.span === undefined) return undefined;
  const time = reading.time ?? previous.time;
  return { ...reading, filters: [...kept, ...reading.filters], ...(time ? { time } : {}) };
}
