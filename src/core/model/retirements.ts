/** The last day of a model that Anthropic retires, and its successor. */
export type Retirement = { readonly on: string; readonly successor: string };

/**
 * Models that are or will be retired, as of @anthropic-ai/sdk 1.14.0 (2026-11-24). The SDK does not export its list, so
 * a test compares the two. The Models API, where available, knows later ones.
 */
export const retirements: Readonly<Record<string, Retirement>> = {
  'claude-mythos-preview': { on: '2026-06-30', successor: 'claude-sonnet-5-5' },
  'claude-opus-4-5': { on: '2027-01-22', successor: 'claude-opus-5-5' },
  'claude-opus-4-5-20251101': { on: '2027-01-22', successor: 'claude-opus-5-5' },
  'claude-sonnet-4-5': { on: '2026-11-30', successor: 'claude-sonnet-5-5' },
  'claude-sonnet-4-5-20250929': { on: '2026-11-30', successor: 'claude-sonnet-5-5' },
};

/** How many days ahead a retirement is reported. */
export const toldAheadDays = 60;
const dayMs = 24 * 60 * 60_000;

/** The model to call: itself, or its successor from its last day on. `now`: milliseconds since 1970. */
export const currentModel = (model: string, now: number): string => {
  const retirement = retirements[model];
  return retirement && now >= Date.parse(retirement.on) ? retirement.successor : model;
};

/** The retirement of this model, if it is past or within sixty days. `now`: milliseconds since 1970. */
export function retirementSoon(model: string, now: number): Retirement | undefined {
  const retirement = retirements[model];
  return retirement && Date.parse(retirement.on) - now <= toldAheadDays * dayMs ? retirement : undefined;
}
