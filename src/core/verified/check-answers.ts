import type { Column } from '../data/database.ts';
import type { QueryProblem } from './check-query.ts';
import { figureOf } from './sentence-figures.ts';
import type { VerifiedQuery } from './verified-query.ts';

const named = ['answer', 'answer_zh', 'title', 'title_zh'] as const;

/** Places in the sentences of a query that nothing fills: the whole sentence would be left out then. */
export function checkAnswers(query: VerifiedQuery, columns: readonly Column[]): readonly QueryProblem[] {
  const result = { columns, rows: [columns.map(() => 1)], rowCount: 1, truncated: false, ms: 0 };
  const isFilled = (name: string, at: (typeof named)[number]): boolean =>
    name in query.parameters || (at.startsWith('answer') && (name === 'rows' || figureOf(name, result) !== undefined));
  return named.flatMap((at) =>
    [...(query[at] ?? '').matchAll(/\{([^{}]+)\}/gu)]
      .filter(([, name = '']) => !isFilled(name, at))
      .map(([place]) => ({
        path: [at],
        message: `${place} is no ${at.startsWith('answer') ? `column of the result (${columns.map(({ name }) => name).join(', ')}) or ` : ''}parameter; correct it`,
      })),
  );
}
