import type { AnswerStore } from '../../core/answers/answer-store.ts';
import type { IdleThreads } from '../../core/answers/extraction/idle-threads.ts';
import type { AuditLog } from '../../core/base/audit.ts';
import type { Documents } from '../../core/base/documents.ts';
import type { JobRuns } from '../../core/base/job-runs.ts';
import type { Ledger } from '../../core/budget/ledger.ts';
import type { TurnBoard } from '../../core/conversation/turn-board.ts';
import type { TurnStore } from '../../core/conversation/turn-store.ts';
import type { MemorySettingsStore, ShownLists } from '../../core/memory/memories.ts';
import type { MemoryStores } from '../../core/memory/memory.ts';
import { createAnswerStore, ensureAnswerIndexes } from './answer-store.ts';
import { createAuditLog, ensureAuditIndexes } from './audit-log.ts';
import type { Db } from './collection.ts';
import { createDocuments } from './documents.ts';
import { createIdleThreadStore, ensureThreadIndexes } from './idle-thread-store.ts';
import { createJobStore, ensureJobIndexes } from './job-store.ts';
import { createLedger } from './ledger-store.ts';
import { ensureMemoryIndexes } from './memory-collections.ts';
import type { VectorFormat } from './memory-document.ts';
import { createMemorySettingsStore } from './memory-settings-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { createShownListStore, ensureShownListIndexes } from './shown-list-store.ts';
import { createTurnBoardStore } from './turn-board-store.ts';
import { createTurnStore, ensureTurnIndexes } from './turn-store.ts';

/** Every store of the product. */
export type Stores = {
  readonly turns: TurnStore;
  /** For instances that share the engine. */
  readonly turnBoard: TurnBoard;
  readonly answers: AnswerStore;
  readonly memories: MemoryStores;
  readonly memorySettings: MemorySettingsStore;
  readonly shownLists: ShownLists;
  readonly threads: IdleThreads;
  readonly jobs: JobRuns;
  readonly ledger: Ledger;
  readonly audit: AuditLog;
  /** A durable map for each name (a-z and _). */
  documents(name: string): Documents;
};

/**
 * Opens every store over one engine, with its indexes. `format`: what the engine's vector search reads, if it has one.
 * Errors: those of the engine.
 */
export async function openStores(db: Db, format?: VectorFormat): Promise<Stores> {
  await ensureTurnIndexes(db);
  await ensureAnswerIndexes(db);
  await ensureMemoryIndexes(db, format);
  await ensureAuditIndexes(db);
  await ensureThreadIndexes(db);
  await ensureJobIndexes(db);
  await ensureShownListIndexes(db);
  return {
    turns: createTurnStore(db),
    turnBoard: createTurnBoardStore(db),
    answers: createAnswerStore(db),
    memories: createMemoryStore(db, format),
    memorySettings: createMemorySettingsStore(db),
    shownLists: createShownListStore(db),
    threads: createIdleThreadStore(db),
    jobs: createJobStore(db),
    ledger: createLedger(db),
    audit: createAuditLog(db),
    documents: (name) => createDocuments(db, name),
  };
}
