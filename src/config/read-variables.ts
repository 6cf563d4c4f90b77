import type { z } from 'zod';
import { MemoriError } from '../core/base/errors.ts';
import { type Variable, type VariableName, variables } from './variables.ts';

/** Environment variables as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;
type Variables = typeof variables;

/** The value of a variable as its schema parses it; undefined is possible only without a default. */
export type ValueOf<N extends VariableName> =
  | z.output<Variables[N]['schema']>
  | (Variables[N] extends { readonly default: string } ? never : undefined);

/** Returns a variable's value, or its default when it is not set. */
export type Get = <N extends VariableName>(name: N) => ValueOf<N>;

/**
 * Parses every variable. `problems` has one line for each mistake, without the values of secrets; a variable with a
 * mistake gets its default.
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
  // The only cast: the loop above stored what the schema of this name returned.
  return { get: <N extends VariableName>(name: N) => values.get(name) as ValueOf<N>, problems };
}

/** The error for a variable that a part needs, with what the variable is for. */
export const missingVariable = (name: VariableName, why: string): MemoriError =>
  new MemoriError('config_invalid', `${name} is missing: ${why} ${variables[name].description}`);

const problemOf = (error: z.ZodError): string => {
  const message = error.issues[0]?.message ?? 'is invalid';
  return /^(is|must)\b/.test(message) ? message : `is invalid: ${message.replace(/^Invalid input: /, '')}`;
};
