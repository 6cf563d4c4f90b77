import { budget } from './budget.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';
import { memoryAdd } from './memory-add.ts';
import { memoryForget } from './memory-forget.ts';
import { memoryList } from './memory-list.ts';
import { sources } from './sources.ts';
import { sourcesRefresh } from './sources-refresh.ts';
import { sourcesShow } from './sources-show.ts';
import { status } from './status.ts';

/** Every subcommand, in the order help shows them. */
export const allCommands: readonly Command[] = [
  help,
  budget,
  memoryList,
  memoryAdd,
  memoryForget,
  sources,
  sourcesShow,
  sourcesRefresh,
  status,
];
