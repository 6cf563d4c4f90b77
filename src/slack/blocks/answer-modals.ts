import type { KnownBlock, ModalView } from '@slack/types';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import type { LeftOut, Repair, TableReason, Written } from '../../core/answers/outcome.ts';
import { canBeVouchedFor } from '../../core/answers/query-from-answer.ts';
import type { Why } from '../../core/memory/memories.ts';
import type { Memory } from '../../core/memory/memory.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { inert } from '../escape.ts';
import { dollars, duration } from '../format-cell.ts';
import { slackLimits } from '../limits.ts';
import { actions, button, context, pairs, plain, preformatted } from './elements.ts';
import { usedMemoryBlocks } from './memory-blocks.ts';

const modal = (title: string, blocks: readonly KnownBlock[], texts: Texts): ModalView => ({
  type: 'modal',
  title: plain(title, slackLimits.modalTitle),
  close: plain(texts.buttons.close, slackLimits.modalTitle),
  blocks: blocks.slice(0, slackLimits.viewBlocks),
});

/**
 * Everything about an answer: question, interpretation, query, time, cost and the whole SQL. `mayVouch`: the viewer is
 * an admin.
 */
export function detailsModal(record: AnswerRecord, mayVouch: boolean, texts: Texts): ModalView {
  const { outcome, question } = record;
  const sql = 'sql' in outcome ? outcome.sql : undefined;
  const blocks = [
    pairs(detailRows(record, texts).filter(([, value]) => value !== '')),
    ...(sql === undefined ? [] : pieces(sql).map((piece) => preformatted(piece))),
    ...(mayVouch && canBeVouchedFor(record)
      ? [actions([button(actionIds.saveVerified, texts.buttons.saveVerified, record.id)])]
      : []),
  ];
  return modal(texts.headings.details, question.text === '' ? blocks : [context(question.text), ...blocks], texts);
}

function detailRows(record: AnswerRecord, { details }: Texts): readonly (readonly [string, string])[] {
  const { outcome } = record;
  const query =
    outcome.status !== 'answered'
      ? []
      : ([
          [details.source, outcome.dataSource],
          [details.interpretation, outcome.interpretation ?? ''],
          [
            details.verified,
            outcome.verified === undefined ? '' : `${outcome.verified.title} (${outcome.verified.id})`,
          ],
          [details.parameters, parameterText(outcome.verified?.parameters ?? {})],
          [details.model, modelText(outcome.written, details)],
          [details.leftOut, leftOutText(outcome.written?.leftOut ?? [], details)],
          [details.tables, tablesText(outcome.written?.tables ?? [])],
          [details.corrected, repairsText(outcome.written?.repairs ?? [], details)],
        ] as const);
  return [
    ...query,
    [details.time, duration(record.ms)],
    [details.cost, `$${dollars(record.costMicroUsd)}`],
    [details.answered, `${record.answeredAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
    [details.id, record.id],
  ];
}

/** `claude-haiku-5-5 (the smaller one: a lookup)`. */
const modelText = (written: Written | undefined, { route }: Texts['details']): string =>
  written === undefined
    ? ''
    : [written.model, ...(written.route ? [`(${route[written.route.reason]})`] : [])].join(' ');

/** `2 earlier questions; 1 example`. */
const leftOutText = (leftOut: readonly LeftOut[], { leftOutParts }: Texts['details']): string =>
  leftOut.map(({ part, count }) => leftOutParts[part](count)).join('; ');

/** `orders (order, month); customers (Berlin)`. */
const tablesText = (tables: readonly TableReason[]): string =>
  tables.map(({ table, words }) => (words.length === 0 ? table : `${table} (${words.join(', ')})`)).join('; ');

/** `once: column amout → amount`. */
const repairsText = (repairs: readonly Repair[], details: Texts['details']): string =>
  repairs.length === 0
    ? ''
    : details.repairs(
        repairs.map(
          ({ kind, from, to }) => `${details.repairKinds[kind]} ${to === undefined ? from : `${from} → ${to}`}`,
        ),
      );

const parameterText = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');

/** The SQL in pieces that fit into blocks, cut at line ends where possible. */
function pieces(sql: string): readonly string[] {
  const text = inert(sql);
  if (text.length <= slackLimits.preformatted) return [text];
  const end = text.lastIndexOf('\n', slackLimits.preformatted);
  const cut = end > 0 ? end : slackLimits.preformatted;
  return [text.slice(0, cut), ...pieces(text.slice(cut).replace(/^\n/, ''))];
}

/**
 * The memories that affected an answer, with the reason for each. The viewer sees only those that they may read;
 * `hidden` is the number of the others.
 */
export function memoriesModal(
  memories: readonly Memory[],
  whys: ReadonlyMap<string, Why>,
  hidden: number,
  texts: Texts,
): ModalView {
  const blocks = [
    ...memories.flatMap((memory) => usedMemoryBlocks(memory, whys.get(memory.id), texts)),
    ...(hidden > 0 ? [context(texts.memory.personal(hidden))] : []),
  ];
  return modal(texts.headings.memories, blocks.length === 0 ? [context(texts.memory.gone)] : blocks, texts);
}
