import type { Logger } from '../core/base/logger.ts';
import type { Place } from '../core/base/namespace.ts';
import type { Chart, ChartRenderer } from '../core/charts/chart.ts';
import type { Texts } from '../core/texts/texts-for.ts';
import type { SlackClients } from './clients.ts';
import { inertLine } from './escape.ts';

/** What drawing and uploading a chart needs. */
export type ChartUpload = {
  readonly clients: SlackClients;
  readonly place: Pick<Place, 'channel' | 'thread'>;
  /** Its id, for the log. */
  readonly question: string;
  readonly charts: ChartRenderer;
  readonly logger: Logger;
};

/**
 * Uploads a picture of the chart, for when Slack's chart block cannot be used. The answer shows it by the returned id
 * or, with a `thread`, it follows as a file. A failure is only logged, because the answer is complete without it.
 */
export async function uploadChart(
  { clients, place, question, charts, logger }: ChartUpload,
  chart: Chart,
  texts: Texts,
  thread?: string,
): Promise<string | undefined> {
  try {
    const title = inertLine(chart.title) || texts.answer.chart;
    const picture = {
      file: Buffer.from(await charts.png(chart, 'light')),
      filename: 'chart.png',
      title,
      alt_text: texts.answer.chartAlt(title, chart.kind),
    };
    const shared = { ...picture, channel_id: place.channel, thread_ts: thread ?? '' };
    const { files } = await clients.posting.filesUploadV2(thread === undefined ? picture : shared);
    return files[0]?.files?.[0]?.id;
  } catch (error) {
    logger.warn('The chart could not be uploaded', { question, error: String(error) });
    return undefined;
  }
}
