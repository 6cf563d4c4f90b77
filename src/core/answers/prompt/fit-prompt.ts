import type { Recalled } from '../../memory/memories.ts';
import type { LinkedSchema } from '../../sql/linking/link-schema.ts';
import type { LeftOut } from '../outcome.ts';
import type { PromptShape } from './prompt-size.ts';
import type { Exchange } from './writing.ts';

/** The parts of a prompt that may be left out, best first within each but for exchanges, whose last is the newest. */
export type PromptParts = {
  readonly exchanges: readonly Exchange[];
  readonly examples: readonly Exchange[];
  readonly recalled: readonly Recalled[];
  readonly note: string | undefined;
  readonly schema: LinkedSchema;
  readonly schemaTokens: number;
};

export type FitOptions = {
  /** Tokens that the prompt may have. */
  readonly room: number;
  /** Tokens of the prompt that these parts make. */
  measure(parts: PromptParts): number;
  /** The schema in at most so many tokens. */
  link(tokens: number): LinkedSchema;
};

/** One table with its likeliest columns fits into this. Tokens. */
const leastSchema = 150;
/** Statements of earlier turns are cut to this before the last of them goes. Characters. */
const shortSql = 300;
/** The schema loses comments and values, then far tables, down to this share, before the last example goes. */
const halfOfSchema = 0.5;

/** Undefined: there is nothing more of this kind to leave out. `least`: tokens of schema that stay at this step. */
type Step = (parts: PromptParts, least: number, over: number, fit: FitOptions) => PromptParts | undefined;

/**
 * In this order: earlier turns but the last, far examples, comments and far tables, the last example, memories beyond the
 * first two, the note, the last turn, and only then the schema down to one table. Why: docs/decisions/0050.
 */
const steps: readonly { readonly schemaShare: number; readonly step: Step }[] = [
  { schemaShare: 1, step: (parts) => (parts.exchanges.length > 1 ? without(parts, 'exchanges', 'first') : undefined) },
  { schemaShare: 1, step: (parts) => (parts.examples.length > 1 ? without(parts, 'examples', 'last') : undefined) },
  { schemaShare: halfOfSchema, step: relinked },
  { schemaShare: 1, step: (parts) => without(parts, 'examples', 'last') },
  { schemaShare: 1, step: (parts) => (parts.recalled.length > 2 ? without(parts, 'recalled', 'last') : undefined) },
  { schemaShare: 1, step: (parts) => (parts.note === undefined ? undefined : { ...parts, note: undefined }) },
  { schemaShare: 1, step: shortened },
  { schemaShare: 1, step: (parts) => without(parts, 'exchanges', 'first') },
  { schemaShare: 0, step: relinked },
  { schemaShare: 1, step: (parts) => without(parts, 'recalled', 'last') },
];

/** Cuts a prompt to the room there is: what helps least goes first. */
export function fitPrompt(
  full: PromptParts,
  fit: FitOptions,
): { readonly parts: PromptParts; readonly leftOut: readonly LeftOut[] } {
  let parts = full;
  for (const { schemaShare, step } of steps) {
    const least = Math.max(leastSchema, Math.floor(full.schemaTokens * schemaShare));
    for (let over = fit.measure(parts) - fit.room; over > 0; over = fit.measure(parts) - fit.room) {
      const less = step(parts, least, over, fit);
      if (less === undefined) break;
      parts = less;
    }
  }
  return { parts, leftOut: leftOutOf(full, parts) };
}

/** What a size of prompt has at most. */
export const shaped = (parts: PromptParts, shape: PromptShape): PromptParts => ({
  ...parts,
  exchanges: parts.exchanges.slice(-shape.exchanges),
  examples: parts.examples.slice(0, shape.examples),
  recalled: parts.recalled.slice(0, shape.memories),
  note: shape.note ? parts.note : undefined,
});

function without(
  parts: PromptParts,
  list: 'exchanges' | 'examples' | 'recalled',
  end: 'first' | 'last',
): PromptParts | undefined {
  if (parts[list].length === 0) return undefined;
  return { ...parts, [list]: end === 'first' ? parts[list].slice(1) : parts[list].slice(0, -1) };
}

/** The statement of the last turn, cut: its beginning says what was counted. */
function shortened(parts: PromptParts): PromptParts | undefined {
  if (parts.exchanges.every(({ sql }) => sql.length <= shortSql)) return undefined;
  return {
    ...parts,
    exchanges: parts.exchanges.map(({ question, sql }) => ({
      question,
      sql: sql.length > shortSql ? `${sql.slice(0, shortSql - 1)}…` : sql,
    })),
  };
}

/** The schema in fewer tokens: by what is over, a tenth at least. */
function relinked(parts: PromptParts, least: number, over: number, fit: FitOptions): PromptParts | undefined {
  const tokens = Math.floor(Math.max(Math.min(parts.schemaTokens - over, parts.schemaTokens * 0.9), least));
  return tokens < parts.schemaTokens ? { ...parts, schema: fit.link(tokens), schemaTokens: tokens } : undefined;
}

function leftOutOf(full: PromptParts, parts: PromptParts): readonly LeftOut[] {
  const counts: readonly LeftOut[] = [
    { part: 'turns', count: full.exchanges.length - parts.exchanges.length },
    { part: 'examples', count: full.examples.length - parts.examples.length },
    { part: 'memories', count: full.recalled.length - parts.recalled.length },
    { part: 'note', count: full.note !== undefined && parts.note === undefined ? 1 : 0 },
    { part: 'schema', count: parts.schemaTokens < full.schemaTokens ? full.schemaTokens - parts.schemaTokens : 0 },
  ];
  return counts.filter(({ count }) => count > 0);
}
