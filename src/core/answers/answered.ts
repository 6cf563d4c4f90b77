import type { Recalled } from '../memory/memories.ts';
import type { Answered, UsedMemory } from './outcome.ts';
import type { ReadResult } from './read.ts';
import type { Source } from './source.ts';

/** What the ways to an answer differ in; what they leave out is empty. */
type Parts = Pick<Answered, 'text' | 'source' | 'chart'> &
  Partial<Omit<Answered, 'status' | 'sql' | 'dataSource' | 'result' | 'cacheAgeMs'>>;

/** The answer that these rows of this source make. */
export const answered = (
  { sql, result, cacheAgeMs }: ReadResult,
  source: Pick<Source, 'name'>,
  parts: Parts,
): Answered => ({
  status: 'answered',
  interpretation: undefined,
  verified: undefined,
  memories: [],
  suggestions: [],
  ...parts,
  sql: sql.asAsked,
  dataSource: source.name,
  result,
  ...(cacheAgeMs === undefined ? {} : { cacheAgeMs }),
});

/** The memories with these ids, as an answer cites them. */
export const cited = (recalled: readonly Recalled[], ids: readonly string[]): readonly UsedMemory[] =>
  recalled.filter(({ memory }) => ids.includes(memory.id)).map(({ memory: { id, text }, why }) => ({ id, text, why }));
