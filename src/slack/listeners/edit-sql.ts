import type { App } from '@slack/bolt';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import { actionIds } from '../action-ids.ts';
import { editSqlModal } from '../blocks/edit-sql-modal.ts';
import type { SlackEdge } from '../edge.ts';
import { onAnswerClick } from './click.ts';

/** Edit SQL: opens the SQL of the answer in a text field. */
export function listenToEditSql(app: App, edge: SlackEdge): void {
  onAnswerClick(app, edge, actionIds.editSql, async ({ clients, texts, tell, triggerId }, record) => {
    const sql = 'sql' in record.outcome ? record.outcome.sql : undefined;
    const dataSource = dataSourceOf(record, edge);
    if (sql === undefined || dataSource === undefined) return tell(texts.click.noSql);
    await clients.posting.views.open({ trigger_id: triggerId, view: editSqlModal(sql, dataSource, record.id, texts) });
  });
}

/** Where edited SQL runs: where it came from, or was meant for; else the first source. */
export const dataSourceOf = ({ outcome }: AnswerRecord, { deps }: SlackEdge): string | undefined =>
  ('dataSource' in outcome ? outcome.dataSource : undefined) ?? deps.data.sources()[0]?.name;
