import { MemoriError } from '../../core/base/errors.ts';

/**
 * An id in a filter must be text: an object such as `{ $ne: null }` would match too much. Types say so; this holds for
 * what arrived as JSON. Errors: `invalid_input`.
 */
export function requireId(value: unknown, what: string): string {
  if (typeof value === 'string' && value.length > 0) return value;
  throw new MemoriError('invalid_input', `The ${what} must be a text that is not empty.`, {
    details: { field: what },
    next: 'Use an id that was given out here.',
  });
}
