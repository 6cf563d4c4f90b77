import { type Scope, scopeKey } from '../base/namespace.ts';
import type { MemoryKind } from './memory.ts';

/** One form for texts that differ only in case, width, punctuation or spacing. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}<>=%€$£¥+*/-]+/gu, ' ')
    .trim();

/**
 * The id of a memory, derived from its text and scope, so that the same thing said twice is one memory, on every
 * instance and after a replay: the first 128 bits of a SHA-256, in hexadecimal.
 */
export async function memoryId(team: string, scope: Scope, kind: MemoryKind, text: string): Promise<string> {
  const key = JSON.stringify([team, scopeKey(scope), kind, normalise(text)]);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return Array.from(new Uint8Array(hash).subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
