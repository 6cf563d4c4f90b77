import { type Intent, intentOf, subjectOf } from '../language/intents.ts';
import { textsFor } from '../texts/texts-for.ts';
import { answerFromSql } from './from-sql.ts';
import type { Asking } from './from-verified.ts';
import type { Answered, Suggestion, Unanswered } from './outcome.ts';
import type { Run } from './run.ts';

/** No figure of today's data, so a model cannot help either. */
const beyondAnyQuery: readonly Intent[] = ['watch', 'schedule', 'forecast'];

/**
 * Says what is asked for and cannot be done yet, with what can be asked instead; undefined for a plain question, and
 * for one that a model may still answer. How fresh the data are is answered from the data. Errors: as `read`.
 */
export async function answerFromIntent(
  asking: Asking,
  hasModel: boolean,
  run: Run,
): Promise<Answered | Unanswered | undefined> {
  const intent = intentOf(asking.question.text);
  if (intent === undefined) return undefined;
  if (intent === 'freshness') return newestRows(asking, run);
  if (hasModel && !beyondAnyQuery.includes(intent)) return undefined;
  return {
    status: 'unanswered',
    text: textsFor(run.locale).cannot[intent],
    suggestions: await askableNow(asking, run),
  };
}

/** The newest day of each thing that has a date. */
async function newestRows({ source, limits }: Asking, run: Run): Promise<Answered | undefined> {
  const sql = (await source.measures(run.signal))?.newestRows();
  if (sql === undefined) return undefined;
  const answer = await answerFromSql(sql, source, limits, run);
  return { ...answer, source: 'measured', text: textsFor(run.locale).newestRows };
}

/** The figure that the question is about, in forms that are answered as they stand. */
async function askableNow({ question, source, saved }: Asking, run: Run): Promise<readonly Suggestion[]> {
  const subject = subjectOf(question.text);
  if (subject === '') return [];
  const isChinese = run.locale === 'zh';
  // What names a period or a grouping already is not split by month once more.
  const isSplit = /\bby\b|\b(?:day|week|month|quarter|year)\b|[天日周月年按各]/.test(subject);
  const forms = [subject, ...(isSplit ? [] : [isChinese ? `按月${subject}` : `${subject} by month`])];
  const [measures, verified] = await Promise.all([source.measures(run.signal), source.verified(run.signal, saved)]);
  return forms
    .filter(
      (text) =>
        measures?.ask(text, { locale: run.locale }).kind === 'answer' ||
        verified.match(text, { locale: run.locale }).kind === 'match',
    )
    .map((text) => ({ text }));
}
