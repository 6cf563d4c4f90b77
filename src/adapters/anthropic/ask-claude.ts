import Anthropic from '@anthropic-ai/sdk';
import type { ModelHealth, ModelNote } from '../../core/model/model.ts';
import { retirementSoon, toldAheadDays } from '../../core/model/retirements.ts';
import { failureOf } from './anthropic-failure.ts';
import { type ClaudeTraits, documentedTraits, type ThinkingOff } from './claude-models.ts';

/** What the Models API says about a model. */
export type ClaudeFacts = {
  readonly health: ModelHealth;
  readonly traits: ClaudeTraits;
  /** The model no longer answers. */
  readonly retired: boolean;
};

const dayMs = 24 * 60 * 60_000;
/** Statuses of a gateway without the Models API. It may still answer messages. */
const noModelsApi = [404, 405, 501];

/** Asks the Models API about a model. Never throws. `now`: milliseconds since 1970. */
export async function askClaude(
  client: Anthropic,
  model: string,
  server: string,
  now: number,
  signal: AbortSignal,
): Promise<ClaudeFacts> {
  try {
    const info = await client.models.retrieve(model, {}, { signal });
    const on = info.retires_at?.slice(0, 10);
    return factsFor(traitsOf(info, model), retirementNotes(model, now, on), info.lifecycle === 'retired');
  } catch (error) {
    const isGone = error instanceof Anthropic.APIError && error.status === 404 && error.type === 'not_found_error';
    const soon = retirementSoon(model, now);
    if (isGone && soon) return factsFor(documentedTraits(model), retirementNotes(model, now), true);
    if (error instanceof Anthropic.APIError && !isGone && noModelsApi.includes(error.status ?? 0))
      return factsFor(documentedTraits(model), retirementNotes(model, now), false);
    const { reason, details } = failureOf(error, model, server, signal);
    const failed = {
      kind: 'failed',
      reason: signal.aborted ? 'connect' : (reason ?? 'away'),
      details: { ...details, server, model },
    } as const;
    return {
      health: { ok: false, notes: [failed], contextTokens: undefined },
      traits: documentedTraits(model),
      retired: false,
    };
  }
}

const factsFor = (traits: ClaudeTraits, notes: readonly ModelNote[], retired: boolean): ClaudeFacts => ({
  health: { ok: true, notes, contextTokens: traits.contextTokens },
  traits,
  retired,
});

/** Notes about the retirement of a model. `on`: the day that the Models API names. */
function retirementNotes(model: string, now: number, on?: string): readonly ModelNote[] {
  const known = retirementSoon(model, now);
  const day = on ?? known?.on;
  if (day === undefined || (known === undefined && Date.parse(day) - now > toldAheadDays * dayMs)) return [];
  return [{ kind: 'retires', model, on: day, successor: known?.successor }];
}

function traitsOf({ capabilities, max_input_tokens, max_tokens }: Anthropic.ModelInfo, model: string): ClaudeTraits {
  const limits = { contextTokens: max_input_tokens ?? undefined, maxOutputTokens: max_tokens ?? undefined };
  if (capabilities === null) return { ...documentedTraits(model), ...limits };
  const { effort, thinking } = capabilities;
  const thinkingOff: ThinkingOff = thinking.types.between_tools.supported
    ? 'between_tools'
    : thinking.types.disabled.supported
      ? 'disabled'
      : undefined;
  const thinks = !thinking.supported ? 'never' : thinkingOff === undefined ? 'always' : 'when_asked';
  return { ...limits, effort: effort.supported, thinkingOff: thinking.supported ? thinkingOff : undefined, thinks };
}
