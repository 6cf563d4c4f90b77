import type { z } from 'zod';
import { checkQuery } from '../../core/verified/check-query.ts';
import { type VerifiedQuery, verifiedFileSchema } from '../../core/verified/verified-query.ts';
import { parseYaml, readYaml, type YamlFormat, type YamlProblem } from './read-yaml.ts';

/** Duplicate ids, and what each query shows by itself: its placeholders, defaults and choices. */
function problems(queries: readonly VerifiedQuery[]): readonly YamlProblem[] {
  const seen = new Set<string>();
  return queries.flatMap((query, i) => {
    const again = seen.has(query.id)
      ? [{ path: ['queries', i, 'id'], message: `the id "${query.id}" is taken; choose another` }]
      : [];
    seen.add(query.id);
    return [...again, ...checkQuery(query).map(({ path, message }) => ({ path: ['queries', i, ...path], message }))];
  });
}

const format: YamlFormat<z.infer<typeof verifiedFileSchema>> = {
  name: 'file of verified queries',
  schema: verifiedFileSchema,
  check: ({ queries }) => problems(queries),
};

/** Parses a file of verified queries. Errors: those of `parseYaml`. */
export const parseVerifiedFile = (text: string, file: string): readonly VerifiedQuery[] =>
  parseYaml(text, file, format).data.queries;

/** Reads a file of verified queries. Errors: those of `readYaml`. */
export const openVerifiedFile = async (path: string): Promise<readonly VerifiedQuery[]> =>
  (await readYaml(path, format)).data.queries;
