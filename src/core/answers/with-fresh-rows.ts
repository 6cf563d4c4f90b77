import { chooseChart } from '../charts/choose-chart.ts';
import type { Day } from '../language/dates.ts';
import { figuresIn } from '../verified/render-sentence.ts';
import { findCutRows, seriesOf, withCutMarks, withNote } from './cut-rows.ts';
import type { Answered } from './outcome.ts';
import type { Run } from './run.ts';

/**
 * An answer with rows of now: what was said of the old ones, said of these. The second: its SQL, run again. `today`: the
 * source's own.
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
