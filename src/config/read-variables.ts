import type { z } from 'zod';
import { MemoriError } from '../core/base/errors.ts';
import { type Variable, type VariableName, variables } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
type Variables = typeof variables;

/** What the schema of a variable makes of its text; one without a default may be unset. */
export type ValueOf<N extends VariableName> =
  | z.output<Variables[N]['schema']>
  | (Variables[N] extends { readonly default: string } ? never : undefined);

/** The value of a variable, its default where it is not set. */
export type Get = <N extends VariableName>(name: N) => ValueOf<N>;

/**
 * Every variable as its schema reads it. `problems`: a line for each mistake; values of secrets are never repeated. What
 * is mistaken has its default.
 */
export function readVariables(env: Environment): { readonly get: Get; readonly problems: string[] } {
  const problems: string[] = [];
  const values = new Map<VariableName, unknown>();
  for (const [name, variable] of Object.entries(variables) as [VariableName, Variable][]) {
    const written = env[name]?.trim() || undefined;
    const parsed = written === undefined ? undefined : variable.schema.safeParse(written);
    if (parsed?.success === false)
      problems.push(
        `${name} ${problemOf(parsed.error)}${variable.secret ? '' : ` (it is ${JSON.stringify(written)})`}. ${variable.description}`,
      );
    if (parsed?.success) values.set(name, parsed.data);
    else if (variable.default !== undefined) values.set(name, variable.schema.parse(variable.default));
  }
  // The one cast: the loop above has put in the value that the schema of this name made.
  return { get: <N extends VariableName>(name: N) => values.get(name) as ValueOf<N>, problems };
}

/** The error of a part that lacks a variable, with what that variable is. */
export const missing = (name: VariableName, why: string): MemoriError =>
  new MemoriError('config_invalid', `${name} is missing: ${why} ${variables[name].description}`);

const problemOf = (error: z.ZodError): string => {
  const message = error.issues[0]?.message ?? 'is invalid';
  return /^(is|must)\b/.test(message) ? message : `is invalid: ${message.replace(/^Invalid input: /, '')}`;
};
