import { readableScopes, type Scope, scopeKey, userScope } from '../base/namespace.ts';
import type { NearMemory } from '../vectors/vector-search.ts';
import { embedTexts, isKnown } from './embed-texts.ts';
import { questionText } from './embedding-text.ts';
import type { Viewer } from './memories.ts';
import type { MemoriesOptions } from './memories-options.ts';
import type { Embedding, Memory } from './memory.ts';
import type { PassageIndex } from './passage-index.ts';
import { holdsAt, type Pool } from './pool.ts';
import { createPools, type Pools } from './pools.ts';
import type { NearBySlot } from './rank.ts';
import type { Asked, View } from './rank-memories.ts';

/** Reads memories for one person in one place. Nothing else reads memories. */
export interface MemoryReader {
  readonly pools: Pools;
  /**
   * Embeds a text that is to be stored. Undefined when the model does not know the language or fails; then only words
   * are compared.
   */
  embed(text: string): Promise<Embedding | undefined>;
  /** What this person may see, ready to be ranked for a question. */
  asked(text: string, viewer: Viewer): Promise<Asked>;
  /** One scope, ready to be compared with a text that is written there. */
  comparedIn(team: string, scope: Scope, vector: Float32Array | undefined): Promise<Compared>;
  /** Everything that was valid at a time, now by default. */
  visible(viewer: Viewer, at?: Date): Promise<readonly Memory[]>;
  /** Everything, including former versions and expired memories. */
  everything(viewer: Viewer): Promise<readonly Memory[]>;
}

/** Views, with their cosines to a vector when the store computes them. Otherwise the views hold the vectors. */
export type Compared = { readonly views: readonly View[]; readonly near: NearBySlot | undefined };

type ReaderOptions = Pick<MemoriesOptions, 'store' | 'embedder' | 'clock' | 'logger' | 'vectorSearch'>;

/** The most cosines that the store returns for one question; fewer fits than these are ranked exactly. */
const maxNear = 400;
/** The most threads of a channel whose memories a command lists. */
const maxThreads = 100;
/** Up to this many memories, the store compares the vector with every one. */
const exactUntil = 10_000;

/** Creates the reader over the store's feed. Reads with vectors only while the store does not search them itself. */
export function createMemoryReader(options: ReaderOptions): MemoryReader {
  const { store, embedder, clock, logger, vectorSearch } = options;
  const pools = createPools(store, clock, embedder.model, () => vectorSearch?.isReady() !== true);

  /** The scopes that this person may see here, each limited to what they may see of it. */
  const views = async ({ person, place, dataSources }: Viewer): Promise<readonly View[]> => {
    const isWholeChannel = place.kind === 'channel' && place.thread === '';
    const threads = isWholeChannel ? await store.threads(person.team, place.channel, maxThreads) : [];
    const { scopes, ownPreferencesOnly } = readableScopes(person, place, dataSources, threads);
    const own = scopeKey(userScope(person));
    const read = await pools.read(person.team, scopes);
    return read.map((pool) =>
      ownPreferencesOnly && scopeKey(pool.scope) === own ? { pool, shelves: [pool.preferences] } : wholeView(pool),
    );
  };

  /** Asks the store how near memories are whose vectors were not read. */
  const nearOf = (read: readonly View[], vector: Float32Array) =>
    vectorSearch?.nearest({
      team: read[0]?.pool.team ?? '',
      scopes: read.map(({ pool, shelves }) => ({ scope: pool.scope, preferencesOnly: shelves.length === 1 })),
      vector,
      model: embedder.model,
      limit: maxNear,
      exact: read.reduce((sum, { pool }) => sum + pool.memories.size, 0) <= exactUntil,
    });

  const compare = async (
    seen: readonly View[],
    vector: Float32Array | undefined,
    seeAgain: () => Promise<readonly View[]>,
  ): Promise<Compared> => {
    if (vector === undefined || vectorSearch?.isReady() !== true) return { views: seen, near: undefined };
    const found = await nearOf(seen, vector);
    if (found !== undefined) return { views: seen, near: bySlot(seen, found) };
    // The store's search stopped answering, and the views were read without vectors.
    return { views: await seeAgain(), near: undefined };
  };

  const unlessItFails = async <T>(embed: () => Promise<readonly T[]>): Promise<readonly T[] | undefined> => {
    try {
      return await embed();
    } catch (error) {
      logger.warn('embedding failed, memories are compared by words alone', { error });
      return undefined;
    }
  };
  const vectorOf = async (text: string) => (await unlessItFails(() => embedder.embed([text])))?.[0];

  const everything: MemoryReader['everything'] = async (viewer) =>
    (await views(viewer)).flatMap(({ pool, shelves }) => seenIn(pool, shelves.length === 1));

  return {
    pools,
    async asked(text, viewer) {
      const seen = await views(viewer);
      const isEmpty = seen.every(({ pool }) => pool.memories.size === 0);
      const vector =
        isEmpty || !isKnown(embedder, text) ? undefined : await vectorOf(questionText(text, speakersIn(seen)));
      return { text, vector, ...(await compare(seen, vector, () => views(viewer))) };
    },
    async comparedIn(team, scope, vector) {
      const see = async () => (await pools.read(team, [scope])).map(wholeView);
      return compare(await see(), vector, see);
    },
    everything,
    visible: async (viewer, at = clock.now()) => (await everything(viewer)).filter((memory) => holdsAt(memory, at)),
    embed: async (text) => (await unlessItFails(() => embedTexts(embedder, [text])))?.[0],
  };
}

const speakersIn = (views: readonly View[]): string[] =>
  views.flatMap(({ shelves }) => shelves.flatMap(({ index }) => [...index.speakers.parts.keys()]));

const wholeView = (pool: Pool): View => ({ pool, shelves: [pool.others, pool.preferences] });

/** The store's cosines by slot. Memories that are no longer in the views are left out. */
function bySlot(views: readonly View[], found: readonly NearMemory[]): NearBySlot {
  const shelves = new Map(views.map((view) => [scopeKey(view.pool.scope), view.shelves]));
  const near = new Map<PassageIndex, Map<number, number>>();
  for (const { scope, id, cosine } of found)
    for (const { index, slots } of shelves.get(scopeKey(scope)) ?? []) {
      const slot = slots.get(id);
      if (slot === undefined) continue;
      const ofIndex = near.get(index) ?? new Map<number, number>();
      near.set(index, ofIndex.set(slot, cosine));
    }
  return near;
}

const seenIn = ({ memories }: Pool, preferencesOnly: boolean): Memory[] =>
  [...memories.values()].filter(({ kind }) => !preferencesOnly || kind === 'preference');
