import type { Person, Place } from '../../src/core/base/namespace.ts';
import type { Question } from '../../src/core/base/question.ts';
import { wordsOf } from '../../src/core/language/search-words.ts';
import { createMemories } from '../../src/core/memory/create-memories.ts';
import { detectTaught } from '../../src/core/memory/detect.ts';
import type { KnownPersons } from '../../src/core/memory/known-persons.ts';
import type { MemorySettingsStore } from '../../src/core/memory/memories.ts';
import type { Gone } from '../../src/core/memory/memories-options.ts';
import type { MemoryStores } from '../../src/core/memory/memory.ts';
import type { Embedder } from '../../src/core/vectors/embedder.ts';
import type { VectorSearch } from '../../src/core/vectors/vector-search.ts';
import { ada } from './ada.ts';
import { createInMemoryMemoryStore } from './in-memory-memory-store.ts';

const start = new Date('2026-03-02T09:00:00Z');

/** Words hashed into a few dimensions: near texts are near, and nothing else is claimed. */
export const wordEmbedder = (multilingual = false): Embedder => ({
  model: 'words-16',
  dimensions: 16,
  multilingual,
  embed: async (texts) =>
    texts.map((text) => {
      const vector = new Float32Array(16);
      for (const word of wordsOf(text)) {
        const at = [...word].reduce((hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) % 16, 7);
        vector[at] = (vector[at] ?? 0) + 1;
      }
      const length = Math.hypot(...vector) || 1;
      return vector.map((value) => value / length);
    }),
  close: async () => undefined,
});

export const person = (user: string, over: Partial<Person> = {}): Person => ({ ...ada, user, name: user, ...over });
export const channel = (id: string, thread = '1.0'): Place => ({
  kind: 'channel',
  channel: id,
  isPrivate: false,
  thread,
});
export const dm = (user: string): Place => ({ kind: 'dm', channel: `D-${user}`, isPrivate: true, thread: '1.0' });
export const ana = person('UANA');
export const ben = person('UBEN');
export const sales = channel('CSALES');

/** A memory engine over an empty store, with a clock that moves a second with everything that is said. */
export function memoryWorld(
  options: {
    store?: MemoryStores;
    embedder?: Embedder;
    retentionDays?: number;
    settings?: MemorySettingsStore;
    vectorSearch?: VectorSearch;
    onForgotten?: (gone: Gone) => Promise<void>;
    persons?: KnownPersons;
  } = {},
) {
  const store = options.store ?? createInMemoryMemoryStore();
  const counted: string[] = [];
  const logged: string[] = [];
  let now = start.getTime();
  const log = (message: string) => logged.push(message);
  const memories = createMemories({
    store,
    embedder: options.embedder ?? wordEmbedder(),
    clock: { now: () => new Date(now) },
    logger: { info: log, warn: log, error: log },
    metrics: {
      count: (name, labels) => counted.push(`${name} ${labels?.action} ${labels?.kind}`),
      observe: () => undefined,
      gauge: () => undefined,
    },
    dataSources: ['shop'],
    retentionDays: options.retentionDays ?? 30,
    ...(options.settings && { settings: options.settings }),
    vectorSearch: options.vectorSearch,
    persons: options.persons,
    ...(options.onForgotten && { onForgotten: options.onForgotten }),
  });
  const tick = (ms = 1000) => {
    now += ms;
    return (now / 1000).toFixed(6);
  };
  const ask = (text: string, who: Person, where: Place): Question => ({
    id: `${who.team}:${where.channel}:${tick()}`,
    text,
    person: who,
    place: where,
    askedAt: new Date(now),
    origin: 'message',
  });
  const teach = (text: string, who: Person, where: Place, ts = tick()) =>
    memories.teach(detectTaught(text) ?? { kind: 'fact', text, term: undefined, meaning: undefined }, who, where, ts);
  const recall = (text: string, who: Person, where: Place) => memories.recall(ask(text, who, where), []);
  return { store, memories, counted, logged, tick, ask, teach, recall, now: () => new Date(now) };
}
