import { z } from 'zod';
import { createFinder } from '../../../src/core/sensitive/find-sensitive.ts';
import type { LeftOut } from '../../../src/core/sensitive/labels.ts';
import { readJsonLines } from '../../../test/support/json-lines.ts';
import { dataFiles } from '../data-files.ts';

const row = z
  .object({
    category: z.enum(['secret', 'pii', 'negative']),
    type: z.string().default(''),
    language: z.string().optional(),
    country: z.string().optional(),
    text: z.string().optional(),
    parts: z.array(z.string()).optional(),
    hard: z.boolean().default(false),
  })
  .transform(({ text, parts, ...rest }) => ({ ...rest, text: text ?? parts?.join('') ?? '' }));
export type Row = z.infer<typeof row>;

export const readRows = (data: string): readonly Row[] =>
  dataFiles(data, '.jsonl')
    .flatMap((file) => readJsonLines(file))
    .map((line) => row.parse(line));

/** What it is about, without its language: `secret password`, `negative hash`. */
export const familyOf = ({ category, type }: Row): string => `${category} ${type.split('_')[0] || 'other'}`;

type Share = { readonly n: number; readonly found: number; readonly pct: number };

/** Which rows are taken for something, without what is left out. */
export function measure(
  rows: readonly Row[],
  leftOut: LeftOut = {},
): { readonly wrong: readonly Row[]; readonly share: (which: (row: Row) => boolean) => Share } {
  const find = createFinder(leftOut);
  const found = new Set(rows.filter(({ text }) => find(text) !== undefined));
  return {
    wrong: rows.filter((one) => found.has(one) === (one.category === 'negative')),
    share(which) {
      const chosen = rows.filter(which);
      const hits = chosen.filter((one) => found.has(one)).length;
      return {
        n: chosen.length,
        found: hits,
        pct: chosen.length === 0 ? 0 : Number(((100 * hits) / chosen.length).toFixed(1)),
      };
    },
  };
}
