import type { AnyBlock, ContextActionsBlock, KnownBlock } from '@slack/types';
import type { Answered, Expense, VerifiedBadge } from '../../core/answers/outcome.ts';
import type { Locale } from '../../core/base/namespace.ts';
import type { Chart } from '../../core/charts/chart.ts';
import { dayText } from '../../core/language/period-text.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { clip, inertLine } from '../escape.ts';
import { dollars, duration } from '../format-cell.ts';
import { slackLimits } from '../limits.ts';
import { chartBlock } from './chart-block.ts';
import { chipBlocks } from './chip-blocks.ts';
import { actions, button, context, paragraph } from './elements.ts';
import { sqlContainer } from './sql-container.ts';
import { suggestionBlocks } from './suggestion-blocks.ts';
import { dataTable, omission, textTable } from './table-blocks.ts';

/** Which of Slack's newer blocks to use; `reply.ts` tries simpler ones when Slack refuses one. */
export type Look = {
  readonly chart: boolean;
  readonly table: 'native' | 'text';
  /** Slack id of an uploaded picture, for a chart that Slack has no block for. */
  readonly picture?: string | undefined;
};

/** The surroundings of an outcome: who asked, in which language, and the id that its buttons carry. */
export type Frame = {
  readonly answerId: string;
  /** Slack id of the person who asked; they may delete the answer. */
  readonly asker: string;
  readonly expense: Expense;
  readonly texts: Texts;
};

/** An answer: sentence, interpretation and its chips, chart, table, facts, SQL, buttons, follow-ups, feedback. At most 13 blocks. */
export function answerBlocks(answer: Answered, frame: Frame, look: Look): AnyBlock[] {
  const { texts } = frame;
  const chart = look.chart && answer.chart !== undefined ? chartBlocks(answer.chart, texts, look) : undefined;
  const table = isSingleCell(answer) ? undefined : tableOf(answer, texts, look);
  const left = table === undefined ? undefined : omission(answer.result, table.shown, texts);
  return [
    paragraph(clip(answer.text, slackLimits.answerText)),
    ...interpretationBlocks(answer, texts, chart !== undefined || table !== undefined),
    ...chipBlocks(answer, frame.answerId, texts),
    ...(chart === undefined ? [] : [chart]),
    ...(table === undefined ? [] : [table.block]),
    context(facts(answer, frame), ...(left === undefined ? [] : [left])),
    sqlContainer(texts.headings.sql, answer.sql, texts),
    actions(answerButtons(answer, frame)),
    ...suggestionBlocks(answer.suggestions, frame.answerId, texts),
    feedbackBlock(frame),
  ];
}

const chartBlocks = (chart: Chart, texts: Texts, { picture }: Look) =>
  chartBlock(chart) ?? (picture === undefined ? undefined : pictureBlock(chart, texts, picture));

const pictureBlock = ({ title, kind }: Chart, { answer }: Texts, id: string): KnownBlock => ({
  type: 'image',
  alt_text: clip(inertLine(answer.chartAlt(title, kind)), slackLimits.contextText),
  slack_file: { id },
});

/** Left out when the title of the chart or table says the same. */
const interpretationBlocks = ({ interpretation, verified }: Answered, texts: Texts, isTitled: boolean): KnownBlock[] =>
  interpretation === undefined || (isTitled && interpretation === verified?.title)
    ? []
    : [context(texts.answer.understood(clip(interpretation, slackLimits.interpretationText)))];

/** A single figure is already in the sentence. */
const isSingleCell = ({ result }: Answered): boolean => result.rows.length === 1 && result.columns.length === 1;

function tableOf({ result, verified, cut }: Answered, texts: Texts, look: Look) {
  const caption = verified?.title ?? texts.answer.table(result.rowCount);
  return look.table === 'native' ? dataTable(result, caption, texts, cut) : textTable(result, texts, cut);
}

/** Who verified the query and since when, as far as its file says. */
const badge = ({ verifiedBy, verifiedAt }: VerifiedBadge, { answer, language }: Texts): string =>
  answer.verified(verifiedBy, verifiedAt && formatDay(verifiedAt, language === 'zh' ? 'zh' : 'en'));

/** Dates are localised; any other text from the file stays as it is. */
const formatDay = (at: string, locale: Locale): string =>
  /^\d{4}-\d\d-\d\d$/.test(at) && !Number.isNaN(Date.parse(at)) ? dayText(at, locale) : at;

/** `✓ Verified by Ida, 30 Oct 2026 · 12 rows · shop · from cache, 3 min old · 340 ms · $0.0042 · used 2 memories`. */
export function facts(
  { source, verified, written, result, cacheAgeMs, dataSource, memories }: Answered,
  { texts, expense }: Frame,
): string {
  const { answer } = texts;
  const origins = {
    verified: verified === undefined ? '' : badge(verified, texts),
    measured: answer.measured,
    sql: answer.byPerson,
    model: answer.byModel,
  };
  const origin = origins[source];
  return [
    origin,
    answer.rows(result.rowCount, result.truncated),
    dataSource,
    ...(cacheAgeMs === undefined ? [] : [answer.kept(cacheAgeMs)]),
    ...(result.asOf === undefined ? [] : [answer.asOf(`${result.asOf.slice(0, 16).replace('T', ' ')} UTC`)]),
    ...(written?.repairs.length ? [answer.corrected(written.repairs.length)] : []),
    ...(written?.vote ? [answer.voted(written.vote.agreed, written.vote.of)] : []),
    duration(expense.ms),
    answer.cost(dollars(expense.costMicroUsd)),
    ...(memories.length === 0 ? [] : [answer.memories(memories.length), ...definitionsIn(memories, texts)]),
  ]
    .map(inertLine)
    .join(' · ');
}

/** Whose definition of a word was used, since several people may have defined it. */
const definitionsIn = (memories: Answered['memories'], { answer, memory }: Texts): string[] =>
  memories.flatMap(({ why }) =>
    typeof why === 'object' && why.reason === 'defines'
      ? [answer.defined(inertLine(why.term), memory.scopes[why.scope])]
      : [],
  );

function answerButtons({ memories }: Answered, { answerId, texts }: Frame) {
  return [
    button(actionIds.runAgain, texts.buttons.runAgain, answerId),
    button(actionIds.editSql, texts.buttons.editSql, answerId),
    button(actionIds.csv, texts.buttons.csv, answerId),
    button(actionIds.details, texts.buttons.details, answerId),
    ...(memories.length === 0 ? [] : [button(actionIds.memoriesUsed, texts.buttons.memories, answerId)]),
  ];
}

/** Thumbs for everyone, a bin for the person who asked. */
export function feedbackBlock({ answerId, asker, texts }: Frame): ContextActionsBlock & KnownBlock {
  const thumb = (text: string, value: 'good' | 'bad') => ({
    text: { type: 'plain_text' as const, text, emoji: false },
    accessibility_label: text,
    value: `${answerId}|${value}`,
  });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: actionIds.feedback,
        positive_button: thumb(texts.buttons.good, 'good'),
        negative_button: thumb(texts.buttons.bad, 'bad'),
      },
      {
        type: 'icon_button',
        action_id: actionIds.trash,
        icon: 'trash',
        text: { type: 'plain_text', text: texts.buttons.remove, emoji: false },
        accessibility_label: texts.buttons.remove,
        value: answerId,
        visible_to_user_ids: [asker],
      },
    ],
  };
}
