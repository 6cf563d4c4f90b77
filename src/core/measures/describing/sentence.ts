import type { Locale } from '../../base/namespace.ts';
import { labelAlias } from '../composing/dimension-columns.ts';
import { computed } from '../composing/measure-sql.ts';
import type { Model } from '../model/model.ts';
import type { Reading } from '../reading/reading.ts';

/** How the rows are best drawn; `auto` leaves it to their types. */
export type ChartHint = 'auto' | 'line' | 'bar' | 'none';

export function chartHintOf({ dimensions, metrics }: Reading): ChartHint {
  if (metrics.length === 0 || dimensions.length === 0) return 'none';
  if (dimensions.length > 1) return 'auto';
  return dimensions[0]?.kind === 'grain' ? 'line' : 'bar';
}

/**
 * A sentence with places for the figures, as `renderSentence` fills them. Undefined where no one figure stands for the
 * answer.
 */
export function sentenceOf(reading: Reading, explanation: string, model: Model, locale: Locale): string | undefined {
  const zh = locale === 'zh';
  const aliases = reading.metrics.map((measure) => computed(model, measure).alias);
  const figures = reading.metrics.map((measure, i) => {
    const { format, currency } = (measure.kind === 'metric' ? model.metrics.get(measure.metric) : undefined) ?? {};
    return `${currency === 'EUR' ? '€' : currency ? `${currency} ` : ''}{${aliases[i]}}${format === 'percent' ? ' %' : ''}`;
  });
  if (figures.length === 0) return undefined;
  const colon = zh ? '：' : ': ';
  const all = figures.join(zh ? '、' : ', ');
  if (reading.share === 'part') return `${explanation}${colon}{share_pct} %${zh ? '' : '.'}`;
  if (reading.dimensions.length === 0)
    return reading.compare && figures.length === 1
      ? zh
        ? `${explanation}：${all}，之前${figures[0]?.replace('}', '_before}')}（{${aliases[0]}_change_pct} %）。`
        : `${explanation}: ${all} against ${figures[0]?.replace('}', '_before}')} ({${aliases[0]}_change_pct} %).`
      : `${explanation}${colon}${all}${zh ? '。' : '.'}`;
  const first = firstColumn(reading, model);
  const [grain, another] = reading.dimensions;
  if (grain?.kind === 'grain' && another === undefined && !reading.limit) {
    const figure = figures[0]?.replace('{', '{max ');
    const when = `{${grain.grain} at max ${aliases[0]}}`;
    const preposition = grain.grain === 'day' || grain.grain === 'week' ? 'on' : 'in';
    return zh
      ? `${explanation}：最高的是${when}，${figure}。`
      : `${explanation}: highest ${preposition} ${when} with ${figure}.`;
  }
  if (first === undefined || reading.dimensions.some(({ kind }) => kind === 'grain')) return undefined;
  const share = reading.share === 'total' && figures.length === 1 ? '{share_pct} %' : undefined;
  if (share !== undefined)
    return zh
      ? `${explanation}：共 {rows} 行，第一是 {${first}}，占 ${share}（${all}）。`
      : `${explanation}: {${first}} comes first of {rows} with ${share} (${all}).`;
  return zh
    ? `${explanation}：共 {rows} 行，第一是 {${first}}，${all}。`
    : `${explanation}: {${first}} comes first of {rows} with ${all}.`;
}

function firstColumn({ dimensions }: Reading, model: Model): string | undefined {
  const [one] = dimensions;
  if (one?.kind === 'field') return model.fields.get(one.field)?.name;
  if (one?.kind !== 'entity') return undefined;
  const [field] = one.fields ?? [];
  if (field !== undefined) return model.fields.get(field)?.name;
  const dataset = model.datasets.get(one.dataset);
  return dataset?.label && labelAlias(dataset, dataset.label);
}
