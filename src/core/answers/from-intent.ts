import { type Intent, intentOf, subjectOf } from '../language/intents.ts';
import { textsFor } from '../texts/texts-for.ts';
import { answerFromSql } from './from-sql.ts';
import type { Asking } from './from-verified.ts';
import type { Answered, Suggestion, Unanswered } from './outcome.ts';
import type { Run } from './run.ts';

/** Intents that no query answers, so a model cannot help either. */
const beyondAnyQuery: readonly Intent[] = ['watch', 'schedule', 'forecast'];

/**
 * Answers questions with a special intent: says what is not possible yet and what can be asked instead, or how fresh
 * the data are. Undefined for a plain question and for one that a model may still answer. Errors: as `read`.
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

/** The newest day in each dataset with dates. */
async function newestRows({ source, limits }: Asking, run: Run): Promise<Answered | undefined> {
  const sql = (await source.measures(run.signal))?.newestRows();
  if (sql === undefined) return undefined;
  const answer = await answerFromSql(sql, source, limits, run);
  return { ...answer, source: 'measured', text: textsFor(run.locale).newestRows };
}

/** Questions about the same figure that can be answered now. */
async function askableNow({ question, source, saved }: Asking, run: Run): Promise<readonly Suggestion[]> {
  const subject = subjectOf(question.text);
  if (subject === '') return [];
  const isChinese = run.locale === 'zh';
  // Already has a period or a grouping, so it is not split by month.
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
