import type { App } from '@slack/bolt';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import { actionIds } from '../action-ids.ts';
import { patiently } from '../call-slack.ts';
import type { SlackEdge } from '../edge.ts';
import { onAnswerClick } from './click.ts';

/** CSV: the whole result, queried again under the guard, as a file in the thread. */
export function listenToCsv(app: App, edge: SlackEdge): void {
  const { conversation, files } = edge.deps;
  onAnswerClick(app, edge, actionIds.csv, async ({ clients, person, place, texts, tell }, record) => {
    if (record.outcome.status !== 'answered') return tell(texts.click.noSql);
    const result = await conversation.rows(record, { person, place });
    const filename = fileName(record);
    const upload = {
      channel_id: place.channel,
      thread_ts: place.thread,
      file: Buffer.from(await files.csv.csv(result)),
      filename,
      title: filename,
      initial_comment: texts.click.csvPosted(result.rowCount, result.truncated),
    };
    await patiently(() => clients.posting.filesUploadV2(upload), false);
  });
}

/** `monthly-revenue-2026-03-01.csv`: letters, digits and hyphens only, so that it is a file name everywhere. */
function fileName({ outcome, question, answeredAt }: AnswerRecord): string {
  const title = (outcome.status === 'answered' ? outcome.verified?.title : undefined) ?? question.text;
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = words.slice(0, 8).join('-').slice(0, 60);
  return `${name === '' ? 'result' : name}-${answeredAt.toISOString().slice(0, 10)}.csv`;
}
