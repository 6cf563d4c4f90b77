/** How a model leaves out its thoughts; `undefined`: it cannot, or has none. */
export type ThinkingOff = 'between_tools' | 'disabled' | undefined;

/** What a model takes; from the Models API where it answers. */
export type ClaudeTraits = {
  readonly effort: boolean;
  readonly thinkingOff: ThinkingOff;
  readonly thinks: 'never' | 'when_asked' | 'always';
  readonly contextTokens: number | undefined;
  readonly maxOutputTokens: number | undefined;
};

const unknown = { contextTokens: undefined, maxOutputTokens: undefined };

/** Before the Models API has answered, or behind a gateway without it (docs.claude.com, "Thinking", "Effort", 2026-11). */
const documented: Readonly<Record<string, ClaudeTraits>> = {
  'claude-haiku-5-5': { ...unknown, effort: true, thinkingOff: 'disabled', thinks: 'when_asked' },
  'claude-sonnet-5-5': { ...unknown, effort: true, thinkingOff: 'between_tools', thinks: 'when_asked' },
  'claude-opus-5-5': { ...unknown, effort: true, thinkingOff: undefined, thinks: 'always' },
  'claude-sonnet-4-5': { ...unknown, effort: false, thinkingOff: undefined, thinks: 'never' },
  'claude-sonnet-4-5-20250929': { ...unknown, effort: false, thinkingOff: undefined, thinks: 'never' },
};

/** A model that nobody knows gets room for thoughts, and is asked without what it objects to. */
export const documentedTraits = (model: string): ClaudeTraits =>
  documented[model] ?? { ...unknown, effort: true, thinkingOff: undefined, thinks: 'always' };
