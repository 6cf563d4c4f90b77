import { readableScopes } from '../base/namespace.ts';
import { memoryRefusal } from '../texts/memory-refusals.ts';
import { allChosen, inListOrder, refuseForeign } from './choose-memory.ts';
import { asksIn, detectTaught } from './detect.ts';
import type { Memories, MemoryDesk } from './memories.ts';
import type { MemoriesOptions } from './memories-options.ts';
import { createDesk } from './memory-desk.ts';
import { createMemoryReader } from './memory-reader.ts';
import { createMemoryWriter } from './memory-writer.ts';
import { createScreen } from './screen.ts';
import { selectMemories } from './select.ts';
import { dayMs, episodeOf, notedFact, patternOf, taughtMemory } from './write-memory.ts';

/** How likely the answer was right, by how it was received: 0 to 1. */
const sureness = { good: 0.7, again: 0.6, silent: 0.4 } as const;

const bothOn = { auto: true, conscious: true };

/** The memory engine: no model is called, neither to write nor to read. */
export function createMemories(options: MemoriesOptions): Memories & MemoryDesk {
  const { store, clock, logger, metrics, settings, dataSources: knownSources = [], retentionDays = 30 } = options;
  const reader = createMemoryReader(options);
  const writer = createMemoryWriter(options, reader);
  const screen = createScreen(options.persons);
  const settingsOf = async (team: string, user: string) => (await settings?.get(team, user)) ?? bothOn;

  const quietly = async (what: string, question: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      logger.error(`the ${what} could not be remembered`, { question, error });
    }
  };

  const list: Memories['list'] = async (person, place, dataSources, at) =>
    [...(await reader.visible({ person, place, dataSources }, at))].sort(inListOrder(at ?? clock.now()));

  return {
    ...createDesk({ ...options, list, reader, writer, screen }),
    detect: detectTaught,
    list,

    async recall({ text, person, place }, dataSources) {
      const [asked, wanted] = await Promise.all([
        reader.asked(text, { person, place, dataSources }),
        settingsOf(person.team, person.user),
      ]);
      return selectMemories(asked, { user: person.user, now: clock.now(), settings: wanted });
    },

    async teach(taught, person, place, ts) {
      const memory = await taughtMemory(taught, { person, place, ts, now: clock.now() }, knownSources, screen);
      const stored = await writer.learn(memory);
      if (stored === undefined) throw memoryRefusal('invalid_input', 'forgotten');
      return stored;
    },

    async remember(question, used) {
      await quietly('question', question.id, async () => {
        const { person, place } = question;
        const { scopes } = readableScopes(person, place, knownSources);
        const lastsUntil = new Date(clock.now().getTime() + retentionDays * dayMs);
        if (used.length > 0) await store.touch(person.team, scopes, used, clock.now(), lastsUntil);
        const text = asksIn(question.text);
        if (question.origin !== 'message' || text === undefined) return;
        if (!(await settingsOf(person.team, person.user)).auto) return;
        const episode = await episodeOf({ ...question, text }, clock.now(), retentionDays, screen);
        if (episode !== undefined) await writer.observe(episode);
      });
    },

    async received({ question, sql, used }, reception) {
      await quietly('reception', question.id, async () => {
        const { person } = question;
        const text = asksIn(question.text);
        if (text === undefined || !(await settingsOf(person.team, person.user)).auto) return;
        const importance = reception === 'bad' ? 0 : sureness[reception];
        const asked = { question: { ...question, text }, sql, used, importance };
        const pattern = await patternOf(asked, clock.now(), retentionDays, screen);
        if (pattern === undefined) return;
        if (reception === 'bad') await writer.retract(pattern);
        else await writer.observe(pattern);
      });
    },

    async note(facts) {
      let kept = 0;
      for (const { text, message } of facts) {
        if (!(await settingsOf(message.person.team, message.person.user)).auto) continue;
        const fact = await notedFact(text, message, clock.now(), retentionDays, screen);
        if (fact !== undefined && (await writer.observe(fact))) kept += 1;
      }
      return kept;
    },

    async forget(idsOrNumbers, person, place, dataSources) {
      const memories = allChosen(await list(person, place, dataSources), idsOrNumbers);
      for (const memory of memories) refuseForeign(memory, person);
      const deleted = await writer.forget(memories);
      for (const { kind } of memories) metrics.count('memori_memories_total', { action: 'forgotten', kind });
      return { memories, deleted };
    },
  };
}
