import type { AnswerStore } from '../core/answers/answer-store.ts';
import type { CsvWriter } from '../core/answers/csv.ts';
import type { Source } from '../core/answers/source.ts';
import type { Alerts } from '../core/base/alerts.ts';
import type { AuditLog } from '../core/base/audit.ts';
import type { Clock } from '../core/base/clock.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Locale } from '../core/base/namespace.ts';
import type { Budgets } from '../core/budget/budgets.ts';
import type { ChartRenderer } from '../core/charts/chart.ts';
import type { Conversation } from '../core/conversation/conversation.ts';
import type { StatusReport } from '../core/conversation/status.ts';
import type { Memories, MemoryDesk, MemorySettingsStore, ShownLists } from '../core/memory/memories.ts';
import type { SavedQueries } from '../core/verified/saved-queries.ts';

/** A data source that people can list, look into and refresh. */
export type ListedSource = Source;

/** What Slack's listeners and commands need from the rest of the product. All are ports of the core. */
export type SlackDeps = {
  readonly conversation: Conversation;
  readonly answers: AnswerStore;
  readonly memories: Memories & MemoryDesk & { readonly settings: MemorySettingsStore; readonly shown: ShownLists };
  readonly budgets: Budgets;
  readonly data: {
    readonly sources: () => readonly ListedSource[];
    /** Verified queries that people saved in the chat. */
    readonly saved: SavedQueries;
    /** Questions that can be asked with one click, best first: for the Home tab, the agent view and help. */
    readonly examples: (locale: Locale) => readonly string[];
  };
  readonly status: StatusReport;
  readonly files: { readonly csv: CsvWriter; readonly charts: ChartRenderer };
  readonly ops: {
    readonly audit: AuditLog;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly alerts?: Alerts;
  };
};
