import type { Recalled } from '../../memory/memories.ts';
import type { LinkedSchema } from '../../sql/linking/link-schema.ts';
import type { LeftOut } from '../outcome.ts';
import type { PromptShape } from './prompt-size.ts';
import type { Exchange } from './writing.ts';

/** The parts of a prompt that may be cut. Each is ordered best first, except exchanges, which are newest last. */
export type PromptParts = {
  readonly exchanges: readonly Exchange[];
  readonly examples: readonly Exchange[];
  readonly recalled: readonly Recalled[];
  readonly note: string | undefined;
  readonly schema: LinkedSchema;
  readonly schemaTokens: number;
};

/** How a prompt is measured and its schema linked. All sizes in tokens. */
export type FitOptions = {
  /** The most tokens of the prompt. */
  readonly room: number;
  /** Tokens of the prompt with these parts. */
  measure(parts: PromptParts): number;
  /** Links the schema in at most this many tokens. */
  link(tokens: number): LinkedSchema;
};

/** Enough for one table with its likeliest columns. Tokens. */
const leastSchema = 150;
/** Statements of earlier turns are cut to this length before the last one is dropped. Characters. */
const shortSql = 300;
/** The schema shrinks to this share before the last example is dropped. */
const halfOfSchema = 0.5;

/**
 * Cuts one part; undefined when nothing of this kind is left to cut. `least`: schema tokens that must remain at this
 * step.
 */
type Step = (parts: PromptParts, least: number, over: number, fit: FitOptions) => PromptParts | undefined;

/**
 * The order of cuts: earlier turns but the last, all examples but one, comments and distant tables, the last example,
 * memories beyond the first two, the note, the last turn, then the schema down to one table. Why: docs/decisions/0050.
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

/** Cuts a prompt to the room there is, least useful parts first. */
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

/** The parts, limited to what a prompt of this size may contain. */
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

/** Shortens the statement of the last turn. Its beginning shows what was counted. */
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

/** Links the schema in fewer tokens: by the excess, at least a tenth. */
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
