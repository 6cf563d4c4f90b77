/** A model that Anthropic retires, with its last day and the one that takes its place. */
export type Retirement = { readonly on: string; readonly successor: string };

/**
 * Models that are retired or will be, as of @anthropic-ai/sdk 1.14.0 (2026-11-24); the SDK does not export its list, so a
 * test compares the two. The Models API, where it can be asked, knows later ones.
 */
export const retirements: Readonly<Record<string, Retirement>> = {
  'claude-mythos-preview': { on: '2026-06-30', successor: 'claude-sonnet-5-5' },
  'claude-opus-4-5': { on: '2027-01-22', successor: 'claude-opus-5-5' },
  'claude-opus-4-5-20251101': { on: '2027-01-22', successor: 'claude-opus-5-5' },
  'claude-sonnet-4-5': { on: '2026-11-30', successor: 'claude-sonnet-5-5' },
  'claude-sonnet-4-5-20250929': { on: '2026-11-30', successor: 'claude-sonnet-5-5' },
};

/** Days ahead that a retirement is told. */
export const toldAheadDays = 60;
const dayMs = 24 * 60 * 60_000;

/** The model that answers for this one from its last day on: itself, or its successor. `now`: milliseconds. */
export const currentModel = (model: string, now: number): string => {
  const retirement = retirements[model];
  return retirement && now >= Date.parse(retirement.on) ? retirement.successor : model;
};

/** Set when this model retires within sixty days, or has. */
export function retirementSoon(model: string, now: number): Retirement | undefined {
  const retirement = retirements[model];
  return retirement && Date.parse(retirement.on) - now <= toldAheadDays * dayMs ? retirement : undefined;
}
