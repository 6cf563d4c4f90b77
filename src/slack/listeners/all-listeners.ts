import type { App } from '@slack/bolt';
import { listenToCommands } from '../commands/memori-command.ts';
import type { SlackEdge } from '../edge.ts';
import { listenToHome } from './app-home-opened.ts';
import { listenToMentions } from './app-mention.ts';
import { listenToChips } from './chip.ts';
import { listenToCsv } from './csv.ts';
import { listenToDetails } from './details.ts';
import { listenToEditSql } from './edit-sql.ts';
import { listenToEditedSql } from './edit-sql-submitted.ts';
import { listenToExamples } from './example.ts';
import { listenToFeedback } from './feedback.ts';
import { listenToMemoriesUsed } from './memories-used.ts';
import { listenToMemoryEdits } from './memory-edit.ts';
import { listenToForget } from './memory-forget.ts';
import { listenToPins } from './memory-pin.ts';
import { listenToMessages } from './message.ts';
import { listenToRemember } from './remember-shortcut.ts';
import { listenToRunAgain } from './run-again.ts';
import { listenToRunAnyway } from './run-anyway.ts';
import { listenToSaveVerified } from './save-verified.ts';
import { listenToStop } from './stop.ts';
import { listenToSuggestions } from './suggestion.ts';
import { listenToTrash } from './trash.ts';

/** Everything the bot listens to. A new listener is a file and a line here. */
export const allListeners: readonly ((app: App, edge: SlackEdge) => void)[] = [
  listenToMentions,
  listenToMessages,
  listenToHome,
  listenToStop,
  listenToCommands,
  listenToRunAgain,
  listenToRunAnyway,
  listenToSuggestions,
  listenToChips,
  listenToExamples,
  listenToEditSql,
  listenToEditedSql,
  listenToCsv,
  listenToDetails,
  listenToSaveVerified,
  listenToMemoriesUsed,
  listenToForget,
  listenToPins,
  listenToMemoryEdits,
  listenToRemember,
  listenToFeedback,
  listenToTrash,
];
