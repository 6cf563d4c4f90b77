import { chooseChart } from '../charts/choose-chart.ts';
import type { Day } from '../language/dates.ts';
import { figuresIn } from '../verified/render-sentence.ts';
import { findCutRows, seriesOf, withCutMarks, withNote } from './cut-rows.ts';
import type { Answered } from './outcome.ts';
import type { Run } from './run.ts';

/**
 * An answer with new rows and the same wording. The second argument is the result of running its SQL again. `today`: in
 * the source's time zone.
 */
export function withFreshRows(
  { cacheAgeMs, cut: _, ...earlier }: Answered,
  { result, text }: Answered,
  today: Day,
  { locale }: Run,
): Answered {
  const cut = findCutRows(earlier.series, result, today, locale);
  const sentence = figuresIn(earlier.template, earlier.interpretation, result, locale, cut.numbers);
  return {
    ...earlier,
    text: withNote(sentence ?? text, cut),
    result,
    ...seriesOf(earlier.series, cut),
    chart: withCutMarks(chooseChart(result, earlier.chart?.kind ?? 'none', earlier.chart?.title ?? ''), cut, result),
  };
}
