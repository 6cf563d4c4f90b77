/**
 * A process to be killed: claims questions, reserves and settles money and appends to the audit log as fast as it can,
 * and prints a line for each write once it is acknowledged. Arguments: folder, a name for this run.
 */
import { writeSync } from 'node:fs';
import { openEmbedded } from '../../src/adapters/embedded/open-embedded.ts';
import { openStores } from '../../src/adapters/stores/open-stores.ts';
import type { Question } from '../../src/core/base/question.ts';
import { ada } from './ada.ts';
import { arrivalOf } from './arrivals.ts';

const [folder = '', run = ''] = process.argv.slice(2);
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const store = await openEmbedded({ folder, logger: silent });
const { turns, ledger, audit } = await openStores(store.db);
const account = { scope: `user:T1:${run}`, day: '2026-03-01', limitTokens: undefined, limitMicroUsd: undefined };
const one = { tokens: 1, microUsd: 1 };
const now = new Date();

/** Synchronous, so that what was acknowledged is told before the process can die. */
const tell = (line: string): void => {
  writeSync(1, `${line}\n`);
};

const question = (id: string): Question => ({
  id,
  text: 'x'.repeat(200),
  person: ada,
  place: { kind: 'dm', channel: 'D1', isPrivate: true, thread: '1.1' },
  askedAt: now,
  origin: 'message',
});

async function write(writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    const id = `${run}:${writer}:${n}`;
    await turns.claim(arrivalOf(question(id)), now, { owner: run, until: now });
    tell(`turn ${id}`);
    await ledger.reserve(account, { id, amount: one, expiresAt: new Date(now.getTime() + 60_000) }, now);
    await ledger.settle(account, id, one, now);
    tell(`spent ${id}`);
    await audit.append({
      at: now,
      team: run,
      user: 'U1',
      channel: 'D1',
      action: 'question',
      target: id,
      result: 'done',
    });
    tell(`audit ${id}`);
  }
}

tell('open');
await Promise.all([1, 2, 3].map(write));
