/** What an adjective orders by when it does not name the field: words of such a field's name. */
export type Hint = { readonly hints: readonly string[]; readonly high: boolean };

const orderedBy = (high: boolean, ...hints: string[]): Hint => ({ high, hints });
const older = [orderedBy(true, 'age'), orderedBy(false, 'birth'), orderedBy(false, 'birthday')];
const younger = [orderedBy(false, 'age'), orderedBy(true, 'birth'), orderedBy(true, 'birthday')];
const time = ['date', 'time', 'year', 'created', 'day', 'on', 'at'];

/** Adjectives that order by a field they do not name: "oldest". */
export const superlatives: Readonly<Record<string, readonly Hint[]>> = {
  oldest: older,
  youngest: younger,
  'most recent': [orderedBy(true, ...time)],
  latest: [orderedBy(true, ...time)],
  newest: [orderedBy(true, ...time)],
  earliest: [orderedBy(false, ...time)],
  heaviest: [orderedBy(true, 'weight')],
  lightest: [orderedBy(false, 'weight')],
  tallest: [orderedBy(true, 'height')],
  shortest: [orderedBy(false, 'height', 'length', 'duration')],
  longest: [orderedBy(true, 'length', 'duration')],
  cheapest: [orderedBy(false, 'price', 'cost')],
  'least expensive': [orderedBy(false, 'price', 'cost')],
  'most expensive': [orderedBy(true, 'price', 'cost')],
  fastest: [orderedBy(true, 'speed')],
  slowest: [orderedBy(false, 'speed')],
  richest: [orderedBy(true, 'net worth', 'money', 'earning')],
  'most populous': [orderedBy(true, 'population')],
  'least populous': [orderedBy(false, 'population')],
  最贵: [orderedBy(true, 'price', 'cost')],
  最便宜: [orderedBy(false, 'price', 'cost')],
};

/** The same in comparisons: "older than". */
export const comparatives: Readonly<Record<string, readonly Hint[]>> = {
  'older than': older,
  'younger than': younger,
  'heavier than': [orderedBy(true, 'weight')],
  'lighter than': [orderedBy(false, 'weight')],
  'taller than': [orderedBy(true, 'height')],
  'shorter than': [orderedBy(false, 'height', 'length')],
  'longer than': [orderedBy(true, 'length', 'duration')],
  'cheaper than': [orderedBy(false, 'price', 'cost')],
  'more expensive than': [orderedBy(true, 'price', 'cost')],
  'cost more than': [orderedBy(true, 'price', 'cost')],
  'cost less than': [orderedBy(false, 'price', 'cost')],
  贵于: [orderedBy(true, 'price', 'cost')],
};
