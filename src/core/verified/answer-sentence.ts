import { fillParameters } from './interpretation.ts';
import { isNothing, nothingFound, renderSentence } from './render-sentence.ts';
import type { VerifiedQueries } from './verified-match.ts';

/** The sentence above the rows: the query's own, else its title with the number of rows. */
export const answerSentence: VerifiedQueries['sentence'] = (
  { query, parameters, interpretation },
  result,
  locale,
  cut,
) => {
  const title = fillParameters((locale === 'zh' ? query.title_zh : undefined) ?? query.title, parameters);
  const zh = locale === 'zh';
  if (isNothing(result)) return nothingFound(interpretation, locale);
  const template = (zh ? query.answer_zh : undefined) ?? query.answer;
  const rows = zh ? `${title}：{rows} 行。` : `${title}: {rows} ${result.rowCount === 1 ? 'row' : 'rows'}.`;
  return renderSentence(template, result, locale, parameters, cut) ?? renderSentence(rows, result, locale) ?? title;
};
