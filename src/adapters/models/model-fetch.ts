import { Agent, fetch as undiciFetch } from 'undici';

/**
 * A fetch with a limit for connecting and none after that. Node's built-in fetch ends any response that is silent for
 * five minutes, which a model on a CPU may be.
 */
export function createModelFetch(connectMs: number): typeof fetch {
  const dispatcher = new Agent({ connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 });
  const asked = (input: string, init: object) => undiciFetch(input, { ...init, dispatcher });
  return asked as unknown as typeof fetch;
}
