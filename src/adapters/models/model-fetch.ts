import { Agent, fetch as undiciFetch } from 'undici';

/**
 * A fetch that gives up connecting in time, and has no limits of its own after that: Node's built-in one ends any answer
 * that is silent for five minutes, which a model on a processor may be.
 */
export function createModelFetch(connectMs: number): typeof fetch {
  const dispatcher = new Agent({ connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 });
  const asked = (input: string, init: object) => undiciFetch(input, { ...init, dispatcher });
  return asked as unknown as typeof fetch;
}
