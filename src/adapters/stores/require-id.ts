import { MemoriError } from '../../core/base/errors.ts';

/**
 * An id that goes into a filter must be text: an object such as `{ $ne: null }` would match what it must not. Types say
 * so already; this holds for what came in as JSON.
 */
export function requireId(value: unknown, what: string): string {
  if (typeof value === 'string' && value.length > 0) return value;
  throw new MemoriError('invalid_input', `The ${what} must be a text that is not empty.`, {
    details: { field: what },
    next: 'Use an id that was given out here.',
  });
}
