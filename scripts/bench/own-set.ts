import { z } from 'zod';
import type { Person, Place } from '../../src/core/base/namespace.ts';
import { createMemories } from '../../src/core/memory/create-memories.ts';
import type { Embedder } from '../../src/core/vectors/embedder.ts';
import { ada } from '../../test/support/ada.ts';
import { createInMemoryMemoryStore } from '../../test/support/in-memory-memory-store.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import type { Conversation } from './conversation.ts';

/** One line of our own set: what somebody said, what somebody made known to more people, or a question about it. */
const line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('say'), id: z.string(), who: z.string(), where: z.string(), text: z.string() }),
  z.object({ type: z.literal('share'), memory: z.string(), who: z.string(), where: z.string() }),
  z.object({
    type: z.literal('ask'),
    who: z.string(),
    where: z.string(),
    text: z.string(),
    category: z.string(),
    /** Ids of what answers it. */
    gold: z.array(z.string()).min(1),
    /** Ids that this person must not see here, or that no longer hold. */
    never: z.array(z.string()).default([]),
  }),
]);

export type OwnQuestion = Extract<z.infer<typeof line>, { type: 'ask' }>;

const team = 'T1';
const start = Date.UTC(2026, 0, 5, 9);

export const personNamed = (user: string): Person => ({ ...ada, user, name: user });

/** `dm` is the person's own direct message with the bot; anything else is a channel. */
export const placeNamed = (where: string, user: string): Place =>
  where === 'dm'
    ? { kind: 'dm', channel: `D-${user}`, isPrivate: true, thread: '1' }
    : { kind: 'channel', channel: where, isPrivate: where.startsWith('private'), thread: '1' };

/** Says everything in its order to a memory engine over an empty store. */
export async function playOwnSet(path: string, embedder: Embedder = wordless) {
  const lines = readJsonLines(path).map((one) => line.parse(one));
  let now = start;
  const silent = () => undefined;
  const memories = createMemories({
    store: createInMemoryMemoryStore(),
    embedder,
    clock: { now: () => new Date(now) },
    logger: { info: silent, warn: silent, error: console.error },
    metrics: { count: silent, observe: silent, gauge: silent },
    retentionDays: 365,
  });
  const said = new Map<string, string>();
  const shared = new Set(lines.flatMap((one) => (one.type === 'share' ? [one.memory] : [])));
  for (const one of lines) {
    if (one.type === 'ask') continue;
    now += 40 * 60 * 1000;
    const person = personNamed(one.who);
    const place = placeNamed(one.where, one.who);
    if (one.type === 'share') {
      const viewer = { person, place, dataSources: [] };
      const moved = await memories.share(said.get(one.memory) ?? '', { type: 'workspace', id: team }, viewer);
      said.set(one.memory, moved.id);
      continue;
    }
    const ts = (now / 1000).toFixed(6);
    const detected = memories.detect(one.text);
    // A fact stays where it was said: what is for everybody is taught as a rule.
    const taught = detected?.kind === 'fact' && shared.has(one.id) ? { ...detected, kind: 'rule' as const } : detected;
    if (taught) said.set(one.id, (await memories.teach(taught, person, place, ts)).id);
    else {
      const question = { id: `${team}:${place.channel}:${ts}`, text: one.text, person, place, askedAt: new Date(now) };
      await memories.remember({ ...question, origin: 'message' }, []);
      const kept = (await memories.list(person, place, [])).find(({ source }) => source.ts === ts);
      if (kept) said.set(one.id, kept.id);
    }
  }
  const questions = lines.filter((one) => one.type === 'ask');
  return { memories, said, questions, now: () => new Date(now) };
}

/** Each asker in each place with what they may see there, as a conversation of its own. */
export async function readOwnSet(path: string, embedder?: Embedder): Promise<readonly Conversation[]> {
  const { memories, said, questions } = await playOwnSet(path, embedder);
  const names = new Map([...said].map(([name, id]) => [id, name]));
  const groups = new Map<string, OwnQuestion[]>();
  for (const one of questions) {
    const key = `${one.who} in ${one.where}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return Promise.all(
    [...groups].map(async ([id, asked]) => {
      const [{ who, where } = { who: '', where: '' }] = asked;
      const viewer = { person: personNamed(who), place: placeNamed(where, who), dataSources: [] };
      const visible = await memories.list(viewer.person, viewer.place, []);
      const oldestFirst = [...visible].reverse();
      return {
        id,
        as: { viewer, kept: oldestFirst },
        turns: oldestFirst.map((memory) => ({
          id: names.get(memory.id) ?? memory.id,
          session: memory.kind === 'episode' ? memory.source.channel : memory.id,
          speaker: '',
          text: memory.text,
          at: memory.createdAt,
        })),
        questions: asked.map(({ text, category, gold }) => ({ text, category, evidence: gold })),
      };
    }),
  );
}

/** For reading the set, where no vectors are needed. */
const wordless: Embedder = {
  model: 'none',
  dimensions: 1,
  multilingual: true,
  embed: async (texts) => texts.map(() => new Float32Array(1)),
  close: async () => undefined,
};
