import { budget } from './budget.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';
import { memoryAdd } from './memory-add.ts';
import { memoryEdit } from './memory-edit.ts';
import { memoryExport } from './memory-export.ts';
import { memoryForget } from './memory-forget.ts';
import { memoryList } from './memory-list.ts';
import { memoryPin, memoryUnpin } from './memory-pin.ts';
import { memorySearch } from './memory-search.ts';
import { memorySettings } from './memory-settings.ts';
import { memoryShare } from './memory-share.ts';
import { sources } from './sources.ts';
import { sourcesApprove, sourcesRevoke } from './sources-approve.ts';
import { sourcesConfirm, sourcesUnconfirm } from './sources-confirm.ts';
import { sourcesRefresh } from './sources-refresh.ts';
import { sourcesShow } from './sources-show.ts';
import { sourcesVerified, sourcesVerifiedExport, sourcesVerifiedRemove } from './sources-verified.ts';
import { status } from './status.ts';

/** Every subcommand, in the order help shows them. */
export const allCommands: readonly Command[] = [
  help,
  budget,
  memoryList,
  memorySearch,
  memoryAdd,
  memoryEdit,
  memoryPin,
  memoryUnpin,
  memoryForget,
  memoryExport,
  memoryShare,
  memorySettings,
  sources,
  sourcesShow,
  sourcesRefresh,
  sourcesApprove,
  sourcesRevoke,
  sourcesConfirm,
  sourcesUnconfirm,
  sourcesVerified,
  sourcesVerifiedRemove,
  sourcesVerifiedExport,
  status,
];
