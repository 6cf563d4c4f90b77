import type { z } from 'zod';
import { MemoriError } from '../core/base/errors.ts';
import { type Variable, type VariableName, variables } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
/** The value of a variable, its default where it is not set. */
export type Get = <T>(name: VariableName) => T;
/** Set, or has a default. */
export type Has = (name: VariableName) => boolean;

/** Every variable as its schema reads it. `problems`: a line for each mistake; values of secrets are never repeated. */
export function readVariables(env: Environment): {
  readonly get: Get;
  readonly has: Has;
  readonly problems: string[];
} {
  const problems: string[] = [];
  const values = new Map<string, unknown>();
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const raw = env[name]?.trim() || variable.default;
    if (raw === undefined) continue;
    const parsed = variable.schema.safeParse(raw);
    if (parsed.success) values.set(name, parsed.data);
    else
      problems.push(
        `${name} ${problemOf(parsed.error)}${variable.secret ? '' : ` (it is ${JSON.stringify(raw)})`}. ${variable.description}`,
      );
  }
  return { get: <T>(name: VariableName) => values.get(name) as T, has: (name) => values.has(name), problems };
}

/** The error of a part that lacks a variable, with what that variable is. */
export const missing = (name: VariableName, why: string): MemoriError =>
  new MemoriError('config_invalid', `${name} is missing: ${why} ${variables[name].description}`);

const problemOf = (error: z.ZodError): string => {
  const message = error.issues[0]?.message ?? 'is invalid';
  return /^(is|must)\b/.test(message) ? message : `is invalid: ${message.replace(/^Invalid input: /, '')}`;
};
