import type { AnyBlock } from '@slack/types';
import type { Expense, Outcome } from '../core/answers/outcome.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Person } from '../core/base/namespace.ts';
import type { Arrival } from '../core/base/question.ts';
import type { Texts } from '../core/texts/texts-for.ts';
import type { AnswerMessage } from './answer-message.ts';
import type { Look } from './blocks/answer-blocks.ts';
import { quote } from './blocks/elements.ts';
import { outcomeBlocks, outcomeText } from './blocks/outcome-blocks.ts';
import { slackLimits } from './limits.ts';
import { slackError } from './slack-error.ts';

/** From the richest look to one that Slack never refuses. The last has no blocks. */
const looks: readonly (Look | undefined)[] = [
  { chart: true, table: 'native' },
  { chart: false, table: 'native' },
  { chart: false, table: 'text' },
  undefined,
];
const refusedBlocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

type Named = Pick<Person, 'name'> | undefined;

/** The line above an answer that a click asked for, because no message of the person says it. */
export function headingOf({ order, text, caller }: Arrival, person: Named, texts: Texts): AnyBlock[] {
  const name = person?.name ?? caller.name ?? caller.user;
  switch (order.kind) {
    case 'ask':
      return [];
    case 'suggested':
      return [quote(texts.asked(name), text)];
    case 'sql':
      return [quote(texts.edited(name), text)];
    case 'again':
      return [quote(texts.ranAgain(name), text)];
    case 'anyway':
      return [quote(texts.ranAnyway(name), text)];
  }
}

/** Makes the blocks of an outcome in a given look, with the line above it and at most as many as a message holds. */
export function blocksOf(
  outcome: Outcome,
  expense: Expense,
  answerId: string,
  arrival: Arrival,
  person: Named,
  texts: Texts,
): (look: Look) => AnyBlock[] {
  const frame = { answerId, asker: arrival.caller.user, expense, texts };
  const heading = headingOf(arrival, person, texts);
  return (look) => [...heading, ...outcomeBlocks(outcome, frame, look)].slice(0, slackLimits.messageBlocks);
}

/** Tries simpler looks until Slack accepts one, and returns it. */
export async function showFinal(
  message: AnswerMessage,
  outcome: Outcome,
  blocksFor: (look: Look) => AnyBlock[],
  logger: Logger,
  question: string,
): Promise<Look | undefined> {
  for (const look of looks) {
    try {
      await message.finish({ text: outcomeText(outcome), blocks: look === undefined ? [] : blocksFor(look) });
      return look;
    } catch (error) {
      if (look === undefined || !refusedBlocks.has(slackError(error) ?? '')) throw error;
      logger.warn('Slack refused the blocks of an answer', { question, look });
    }
  }
  return undefined;
}
