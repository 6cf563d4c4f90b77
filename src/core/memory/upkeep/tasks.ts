import { embedTexts, isKnown } from '../embed-texts.ts';
import { pieceTexts } from '../embedding-text.ts';
import { jaccard, saysTheSame } from '../likeness.ts';
import type { Memory } from '../memory.ts';
import { indexPassages } from '../passage-index.ts';
import { rank } from '../rank.ts';
import { byWorth, dayMs, isObserved, planOf, type UpkeepTask } from './upkeep.ts';

/** The most memories of each kind in one scope. */
export const caps = { shortTerm: 1_000, longTerm: 10_000 } as const;

/** An observed memory that is not used loses half its importance in this time. Days. */
const halfLifeDays = 60;
const leastImportance = 0.05;
/** Texts per call of the embedder. */
const batchSize = 64;

/** Deletes observed memories that nobody used during the retention time. Conscious and taught ones stay. */
const expire: UpkeepTask = {
  name: 'memory-expire',
  schedule: '0 7 * * * *',
  plan(memories, { now, retentionDays }) {
    const unusedSince = new Date(now.getTime() - retentionDays * dayMs);
    const isOver = (memory: Memory) =>
      isObserved(memory) && (memory.expiresAt === undefined ? memory.usedAt <= unusedSince : memory.expiresAt <= now);
    return planOf({ remove: memories.filter(isOver).map(({ id }) => id) });
  },
};

/** Lowers the importance of unused memories, once a day. */
const decay: UpkeepTask = {
  name: 'memory-decay',
  schedule: '0 11 3 * * *',
  plan(memories, { now }) {
    const stale = memories.filter(
      (memory) =>
        isObserved(memory) && memory.importance > leastImportance && now.getTime() - memory.usedAt.getTime() > dayMs,
    );
    const less = (importance: number) => Math.max(leastImportance, importance * 0.5 ** (1 / halfLifeDays));
    return planOf({ amend: stale.map(({ id, importance }) => ({ id, changes: { importance: less(importance) } })) });
  },
};

/** Deletes the memories of least worth from a scope that is too large. */
const cap: UpkeepTask = {
  name: 'memory-caps',
  schedule: '0 17 * * * *',
  plan(memories) {
    const isShort = ({ kind }: Memory) => kind === 'episode';
    const over = (some: readonly Memory[], most: number) => [...some].sort(byWorth).slice(most);
    const tooMany = [
      ...over(memories.filter(isShort), caps.shortTerm),
      ...over(
        memories.filter((memory) => !isShort(memory)),
        caps.longTerm,
      ),
    ];
    return planOf({ remove: tooMany.map(({ id }) => id) });
  },
};

/** Merges two memories that say the same: the one of more worth takes over the other's counts and sources. */
const merge: UpkeepTask = {
  name: 'memory-merge',
  schedule: '0 23 2 * * *',
  async plan(memories) {
    const groups = await similar(memories.filter(holds), (one, other) =>
      one.term === undefined
        ? other.term === undefined && saysTheSame(one.text, other.text, 0)
        : one.term === other.term && one.meaning === other.meaning,
    );
    return planOf({
      remove: groups.flatMap(([, ...others]) => others.map(({ id }) => id)),
      amend: groups.map(([kept, ...others]) => ({
        id: kept.id,
        changes: {
          proof: others.reduce((sum, { proof }) => sum + proof, kept.proof),
          usedAt: latest([kept, ...others]),
          // Forgetting a merged memory must also find the one that stayed.
          sources: allSources([kept, ...others]),
        },
      })),
    });
  },
};

/** Fewer similar questions than this are not consolidated. */
const consolidated = 3;
const alike = 0.6;

/**
 * Turns questions that were asked often in a scope into one, in the words of the one of most worth. It keeps the ids of
 * the others and the trust of the least trusted of them, which for questions is `observed`.
 */
const consolidate: UpkeepTask = {
  name: 'memory-consolidate',
  schedule: '0 41 2 * * *',
  async plan(memories) {
    const questions = memories.filter((memory) => memory.kind === 'episode' && holds(memory) && isObserved(memory));
    const groups = await similar(questions, (one, other) => jaccard(one.text, other.text) >= alike);
    const large = groups.filter((group) => group.length >= consolidated);
    return planOf({
      remove: large.flatMap(([, ...others]) => others.map(({ id }) => id)),
      amend: large.map(([kept, ...others]) => ({
        id: kept.id,
        changes: {
          proof: others.reduce((sum, { proof }) => sum + proof, kept.proof),
          usedAt: latest([kept, ...others]),
          importance: Math.min(1, kept.importance + 0.05 * others.length),
          sources: allSources([kept, ...others]),
        },
      })),
    });
  },
};

/** Embeds memories that have no vectors of the current model, or none of their pieces. */
const reembed: UpkeepTask = {
  name: 'memory-reembed',
  schedule: '0 53 * * * *',
  async plan(memories, { embedder }) {
    const isOutdated = ({ embedding, text }: Memory) =>
      embedding?.model !== embedder.model || (embedding.pieces ?? []).length !== pieceTexts(text).length;
    const outdated = memories.filter((memory) => holds(memory) && isKnown(embedder, memory.text) && isOutdated(memory));
    const amend = [];
    for (let at = 0; at < outdated.length; at += batchSize) {
      const batch = outdated.slice(at, at + batchSize);
      const embeddings = await embedTexts(
        embedder,
        batch.map(({ text }) => text),
      );
      for (const [place, { id }] of batch.entries()) amend.push({ id, changes: { embedding: embeddings[place] } });
    }
    return planOf({ amend });
  },
};

/** Every task, in the order they must run. */
export const upkeepTasks: readonly UpkeepTask[] = [expire, decay, merge, consolidate, cap, reembed];

const holds = ({ validTo }: Memory): boolean => validTo === undefined;

const allSources = ([kept, ...others]: Group): string[] => [
  ...new Set([...(kept.sources ?? []), ...others.flatMap(({ id, sources = [] }) => [id, ...sources])]),
];

const latest = (memories: readonly Memory[]): Date =>
  new Date(memories.reduce((most, { usedAt }) => Math.max(most, usedAt.getTime()), 0));

type Group = readonly [Memory, ...Memory[]];

/**
 * Groups memories of one kind by likeness to the first of each group, which is of most worth. Yields to other work in
 * between.
 */
async function similar(
  memories: readonly Memory[],
  isLike: (one: Memory, other: Memory) => boolean,
): Promise<readonly Group[]> {
  const sorted = [...memories].sort(byWorth);
  const index = indexPassages(
    sorted.map(({ id, text }) => ({
      text,
      speaker: undefined,
      thread: id,
      at: undefined,
      vector: undefined,
    })),
  );
  const taken = new Set<string>();
  const groups: Group[] = [];
  for (const [at, memory] of sorted.entries()) {
    if (at % 50 === 49) await new Promise((resolve) => setTimeout(resolve));
    if (taken.has(memory.id)) continue;
    const near = rank([index], { text: memory.text, vector: undefined }, 30).flatMap(({ slot }) => sorted[slot] ?? []);
    const others = near.filter(
      (other) => other.id !== memory.id && !taken.has(other.id) && other.kind === memory.kind && isLike(memory, other),
    );
    if (others.length === 0) continue;
    for (const { id } of [memory, ...others]) taken.add(id);
    groups.push([memory, ...others]);
  }
  return groups;
}
