import type { z } from 'zod';
import { checkQuery } from '../../core/verified/check-query.ts';
import { type VerifiedQuery, verifiedFileSchema } from '../../core/verified/verified-query.ts';
import { parseYaml, placeIn, readYaml, type YamlFormat, type YamlProblem } from './read-yaml.ts';

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

/** Verified queries, and where a part of one is written: `sources/shop.verified.yaml:12`. */
export type VerifiedFile = {
  readonly queries: readonly VerifiedQuery[];
  placeOf(id: string, path: YamlProblem['path']): string;
};

/** Reads a file of verified queries. Errors: those of `readYaml`. */
export async function readVerifiedFile(file: string): Promise<VerifiedFile> {
  const read = await readYaml(file, format);
  const { queries } = read.data;
  return {
    queries,
    placeOf: (id, path) => placeIn(file, read, ['queries', queries.findIndex((one) => one.id === id), ...path]),
  };
}

/** The queries alone. Errors: those of `readYaml`. */
export const openVerifiedFile = async (file: string): Promise<readonly VerifiedQuery[]> =>
  (await readVerifiedFile(file)).queries;
