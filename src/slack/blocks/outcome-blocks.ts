import type { AnyBlock, Button, KnownBlock } from '@slack/types';
import type { Clarify, Failed, Outcome, Refused, Said, Unanswered } from '../../core/answers/outcome.ts';
import { actionIds } from '../action-ids.ts';
import { clip, inertMrkdwn } from '../escape.ts';
import { slackLimits } from '../limits.ts';
import { answerBlocks, type Frame, feedbackBlock, type Look } from './answer-blocks.ts';
import { actions, button, context, paragraph } from './elements.ts';
import { sqlContainer } from './sql-container.ts';
import { suggestionBlocks } from './suggestion-blocks.ts';

/** The blocks for any outcome of a question. */
export function outcomeBlocks(outcome: Outcome, frame: Frame, look: Look): AnyBlock[] {
  switch (outcome.status) {
    case 'answered':
      return answerBlocks(outcome, frame, look);
    case 'said':
      return saidBlocks(outcome, frame);
    case 'clarify':
    case 'unanswered':
      return [...openBlocks(outcome, frame), feedbackBlock(frame)];
    case 'refused':
      return refusedBlocks(outcome, frame);
    case 'error':
      return failedBlocks(outcome, frame);
  }
}

/** The top-level text: what notifications, screen readers and the last fallback show. */
export const outcomeText = (outcome: Outcome): string =>
  clip(inertMrkdwn(outcome.text) || '–', slackLimits.messageText);

/** Nothing ran: what is unclear or missing, and what to ask instead. */
function openBlocks(
  { status, text, suggestions }: Clarify | Unanswered | Said,
  { answerId, texts }: Frame,
): KnownBlock[] {
  const most = status === 'clarify' ? slackLimits.readings : slackLimits.suggestions;
  return [paragraph(text), ...suggestionBlocks(suggestions, answerId, texts, most)];
}

function saidBlocks(said: Said, frame: Frame): KnownBlock[] {
  const { answerId, texts } = frame;
  const used = said.memories.length;
  const note = used === 0 ? [] : [actions([button(actionIds.memoriesUsed, texts.buttons.learned, answerId)])];
  return [...openBlocks(said, frame), ...note];
}

function refusedBlocks({ code, text, sql, suggestions }: Refused, { answerId, texts }: Frame): KnownBlock[] {
  const heldBack = code === 'plan_too_large' && sql !== undefined;
  const anyway = heldBack ? [button(actionIds.runAnyway, texts.buttons.runAnyway, answerId)] : [];
  return [
    paragraph(text),
    ...(heldBack ? [context(texts.whoRunsAnyway)] : []),
    ...sqlBlocks(heldBack ? texts.headings.heldBackSql : texts.headings.refusedSql, sql, anyway, answerId, texts),
    ...suggestionBlocks(suggestions, answerId, texts),
  ];
}

function failedBlocks({ text, sql, reference, suggestions }: Failed, { answerId, texts }: Frame): KnownBlock[] {
  const retry = button(actionIds.runAgain, texts.buttons.retry, answerId);
  return [
    paragraph(text),
    ...sqlBlocks(texts.headings.failedSql, sql, [retry], answerId, texts),
    ...suggestionBlocks(suggestions, answerId, texts),
    ...(reference === undefined ? [] : [context(texts.reference(reference))]),
  ];
}

/** The SQL, folded, with its buttons. */
function sqlBlocks(
  title: string,
  sql: string | undefined,
  buttons: readonly Button[],
  answerId: string,
  texts: Frame['texts'],
): KnownBlock[] {
  const all = sql === undefined ? buttons : [...buttons, button(actionIds.editSql, texts.buttons.editSql, answerId)];
  return [...(sql === undefined ? [] : [sqlContainer(title, sql, texts)]), ...(all.length === 0 ? [] : [actions(all)])];
}
