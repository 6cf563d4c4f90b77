import type { AuditLog } from '../../core/audit.ts';
import type { Ledger } from '../../core/budget/ledger.ts';
import type { Documents } from '../../core/documents.ts';
import type { MemoryStore } from '../../core/memory/memory.ts';
import type { AnswerStore, TurnStore } from '../../core/turns-store.ts';
import { createAnswerStore, ensureAnswerIndexes } from './answer-store.ts';
import { createAuditLog, ensureAuditIndexes } from './audit-log.ts';
import type { Db } from './collection.ts';
import { createDocuments } from './documents.ts';
import { createLedger } from './ledger-store.ts';
import { createMemoryStore, ensureMemoryIndexes } from './memory-store.ts';
import { createTurnStore, ensureTurnIndexes } from './turn-store.ts';

export type Stores = {
  readonly turns: TurnStore;
  readonly answers: AnswerStore;
  readonly memories: MemoryStore;
  readonly ledger: Ledger;
  readonly audit: AuditLog;
  /** A map of its own for each name (a-z and _). */
  documents(name: string): Documents;
};

/** Every store over one engine, with its indexes. Errors: those of the engine. */
export async function openStores(db: Db): Promise<Stores> {
  await ensureTurnIndexes(db);
  await ensureAnswerIndexes(db);
  await ensureMemoryIndexes(db);
  await ensureAuditIndexes(db);
  return {
    turns: createTurnStore(db),
    answers: createAnswerStore(db),
    memories: createMemoryStore(db),
    ledger: createLedger(db),
    audit: createAuditLog(db),
    documents: (name) => createDocuments(db, name),
  };
}
