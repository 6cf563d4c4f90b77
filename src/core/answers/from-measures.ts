import { chooseChart } from '../charts/choose-chart.ts';
import type { AnsweredOtherwise, MeasuredAnswer } from '../measures/create-measures.ts';
import type { Reading } from '../measures/reading/reading.ts';
import { textsFor } from '../texts/texts-for.ts';
import { figuresIn } from '../verified/render-sentence.ts';
import { answered, cited } from './answered.ts';
import { describeResult } from './describe-result.ts';
import { type Asking, asDefinition, lastAnswer } from './from-verified.ts';
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
  const reply = measures?.ask(question.text, {
    locale: run.locale,
    // A chip or a suggestion is a whole question in words that need no rewriting.
    ...(question.origin === 'click'
      ? {}
      : { definitions: recalled.flatMap(asDefinition), previous: previousAnswer(asking) }),
  });
  switch (reply?.kind) {
    case 'answer':
      return answer(reply, asking, run);
    case 'ask':
      return { status: 'clarify', text: textsFor(run.locale).didYouMean, suggestions: reply.suggestions };
    case 'none':
      return { status: 'unread', words: phrasesOf(question.text, reply.unknownWords), names: reply.partial };
    default:
      return nothingRead;
  }
}

async function answer(measured: MeasuredAnswer, { recalled, source, limits }: Asking, run: Run): Promise<Answered> {
  const reading = await read(measured.sql, source, limits, run);
  run.progress('summarising');
  const { sentence, explanation } = measured;
  const { result } = reading;
  return answered(reading, source, {
    text: figuresIn(sentence, explanation, result, run.locale) ?? describeResult(result, run.locale),
    ...(sentence === undefined ? {} : { template: sentence }),
    interpretation: explanation,
    source: 'measured',
    measured: { reading: measured.reading, chips: measured.chips() },
    chart: chooseChart(result, measured.chart, explanation),
    memories: cited(recalled, measured.definitions),
  });
}

/** The last answer of this thread. What a person vouched for says what it answers; what a model wrote may not. */
function previousAnswer(asking: Asking): Reading | AnsweredOtherwise | undefined {
  const last = lastAnswer(asking);
  if (last === undefined) return undefined;
  if (last.dataSource !== asking.source.name) return { said: undefined };
  return last.measured?.reading ?? { said: last.verified ? last.interpretation : undefined };
}
