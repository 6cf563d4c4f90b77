import { chooseChart } from '../charts/choose-chart.ts';
import { figuresIn } from '../verified/render-sentence.ts';
import type { Answered } from './outcome.ts';
import type { Run } from './run.ts';

/** An answer with rows of now: what was said of the old ones, said of these. The second: its SQL, run again. */
export const withFreshRows = (
  { cacheAgeMs, ...earlier }: Answered,
  { result, text }: Answered,
  { locale }: Run,
): Answered => ({
  ...earlier,
  text: figuresIn(earlier.template, earlier.interpretation, result, locale) ?? text,
  result,
  chart: chooseChart(result, earlier.chart?.kind ?? 'none', earlier.chart?.title ?? ''),
});
