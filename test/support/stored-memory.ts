import type { Memory } from '../../src/core/memory/memory.ts';

/** What the channel C1 was taught at a time, but for what is said. */
export const storedMemory = (id: string, at: Date, more: Partial<Memory> = {}): Memory => ({
  id,
  team: 'T1',
  scope: { type: 'channel', id: 'C1' },
  namespace: 'query',
  kind: 'fact',
  text: `text of ${id}`,
  term: undefined,
  meaning: undefined,
  conscious: false,
  importance: 1,
  trust: 'explicit',
  source: { author: 'U2', channel: 'C1', ts: '1.2' },
  proof: 1,
  hits: 0,
  embedding: undefined,
  validFrom: at,
  validTo: undefined,
  supersedes: undefined,
  createdAt: at,
  usedAt: at,
  expiresAt: undefined,
  ...more,
});
