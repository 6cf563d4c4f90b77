import { chooseChart } from '../charts/choose-chart.ts';
import { mayName } from '../language/may-name.ts';
import type { AnsweredOtherwise, MeasuredAnswer } from '../measures/create-measures.ts';
import type { Reading } from '../measures/reading/reading.ts';
import { textsFor } from '../texts/texts-for.ts';
import { figuresIn } from '../verified/render-sentence.ts';
import { answered, cited } from './answered.ts';
import { findCutRows, seriesOf, withCutMarks, withNote } from './cut-rows.ts';
import { describeResult } from './describe-result.ts';
import { type Asking, asDefinition, lastAnswer } from './from-verified.ts';
import { comesToTheSame, composedFrom } from './measured-alike.ts';
import type { Answered, Clarify } from './outcome.ts';
import { read } from './read.ts';
import type { Run } from './run.ts';
import { nothingRead, phrasesOf, type Unread } from './unread.ts';

/**
 * The answer that the team's own definitions give, without a model; or the readings to choose from; or the words that
 * have no place in them. Errors: as `read`.
 */
export async function answerFromMeasures(asking: Asking, run: Run): Promise<Answered | Clarify | Unread> {
  const { question, recalled, source } = asking;
  const measures = await source.measures(run.signal);
  const previous = question.origin === 'click' ? undefined : await previousAnswer(asking, run);
  const reply = measures?.ask(question.text, {
    locale: run.locale,
    // A chip or a suggestion is a whole question in words that need no rewriting.
    ...(question.origin === 'click' ? {} : { definitions: recalled.flatMap(asDefinition), previous }),
  });
  switch (reply?.kind) {
    case 'answer':
      return answer(reply, asking, run);
    case 'ask':
      return { status: 'clarify', text: textsFor(run.locale).didYouMean, suggestions: reply.suggestions };
    case 'none':
      return {
        status: 'unread',
        words: phrasesOf(question.text, reply.unknownWords).filter(mayName),
        names: reply.partial,
      };
    default:
      return nothingRead;
  }
}

async function answer(measured: MeasuredAnswer, { recalled, source, limits }: Asking, run: Run): Promise<Answered> {
  const reading = await read(measured.sql, source, limits, run);
  run.progress('summarising');
  const { sentence, explanation, series } = measured;
  const { result } = reading;
  const cut = findCutRows(series, result, source.today(), run.locale);
  return answered(reading, source, {
    text: withNote(
      figuresIn(sentence, explanation, result, run.locale, cut.numbers) ?? describeResult(result, run.locale),
      cut,
    ),
    ...seriesOf(series, cut),
    ...(sentence === undefined ? {} : { template: sentence }),
    interpretation: explanation,
    source: 'measured',
    measured: { reading: measured.reading, chips: measured.chips() },
    chart: withCutMarks(chooseChart(result, measured.chart, explanation), cut, result),
    memories: cited(recalled, measured.definitions),
  });
}

const unknown: AnsweredOtherwise = { said: undefined };

/**
 * The last answer of this thread. What a person vouched for says what it answers, and is taken at its word where the
 * definitions come to the same figures; what a model wrote may not say it.
 */
async function previousAnswer(asking: Asking, run: Run): Promise<Reading | AnsweredOtherwise | undefined> {
  const { source, limits } = asking;
  const last = lastAnswer(asking);
  if (last === undefined) return undefined;
  if (last.dataSource !== source.name) return unknown;
  if (last.verified === undefined) return last.measured?.reading ?? unknown;
  const composed = await composedFrom(last.interpretation, source, run.locale, run);
  const isSame =
    composed !== undefined && (await comesToTheSame(last, composed, source, limits, run).catch(() => false));
  return isSame ? composed.reading : unknown;
}
