/** How to turn off a model's thinking; undefined when it cannot be turned off or the model does not think. */
export type ThinkingOff = 'between_tools' | 'disabled' | undefined;

/** The parameters a model supports; from the Models API when it answers. */
export type ClaudeTraits = {
  readonly effort: boolean;
  readonly thinkingOff: ThinkingOff;
  readonly thinks: 'never' | 'when_asked' | 'always';
  readonly contextTokens: number | undefined;
  readonly maxOutputTokens: number | undefined;
};

const unknown = { contextTokens: undefined, maxOutputTokens: undefined };

/**
 * Used before the Models API answers, or behind a gateway without it (docs.claude.com, "Thinking", "Effort", 2026-11).
 */
const documented: Readonly<Record<string, ClaudeTraits>> = {
  'claude-haiku-5-5': { ...unknown, effort: true, thinkingOff: 'disabled', thinks: 'when_asked' },
  'claude-sonnet-5-5': { ...unknown, effort: true, thinkingOff: 'between_tools', thinks: 'when_asked' },
  'claude-opus-5-5': { ...unknown, effort: true, thinkingOff: undefined, thinks: 'always' },
  'claude-sonnet-4-5': { ...unknown, effort: false, thinkingOff: undefined, thinks: 'never' },
  'claude-sonnet-4-5-20250929': { ...unknown, effort: false, thinkingOff: undefined, thinks: 'never' },
};

/**
 * The documented traits of a model. An unknown model gets room for thoughts; parameters that it refuses are dropped
 * later.
 */
export const documentedTraits = (model: string): ClaudeTraits =>
  documented[model] ?? { ...unknown, effort: true, thinkingOff: undefined, thinks: 'always' };
