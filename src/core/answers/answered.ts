import type { Recalled } from '../memory/memories.ts';
import type { Answered, UsedMemory } from './outcome.ts';
import type { ReadResult } from './read.ts';
import type { Source } from './source.ts';

/** The parts that differ by the source of the answer. Absent ones are empty. */
type Parts = Pick<Answered, 'text' | 'source' | 'chart'> &
  Partial<Omit<Answered, 'status' | 'sql' | 'dataSource' | 'result' | 'cacheAgeMs'>>;

/** Builds an answer from rows of a source. */
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

/** The memories with these ids, as an answer cites them. Unknown ids are ignored. */
export const cited = (recalled: readonly Recalled[], ids: readonly string[]): readonly UsedMemory[] =>
  recalled.filter(({ memory }) => ids.includes(memory.id)).map(({ memory: { id, text }, why }) => ({ id, text, why }));
