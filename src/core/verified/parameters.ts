import type { BoundParameter, BoundParameters } from './verified-match.ts';

const serialise = (bound: BoundParameter): string =>
  bound.type === 'period' ? `${bound.value.start}/${bound.value.end}` : String(bound.value);

/** Parameters in the form stored with an answer: a period as `start/end`, a choice as its key. */
export const serialiseParameters = (parameters: BoundParameters): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(parameters).map(([name, bound]) => [name, serialise(bound)]));
