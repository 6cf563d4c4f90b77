import type { MemorySettingsStore } from '../../core/memory/memories.ts';
import type { Db } from './collection.ts';
import { requireId } from './require-id.ts';

type SettingsDocument = {
  readonly _id: string;
  readonly team: string;
  readonly auto: boolean;
  readonly conscious: boolean;
};

/** Stores each person's memory settings. */
export function createMemorySettingsStore(db: Db): MemorySettingsStore {
  const settings = db.collection<SettingsDocument>('memori_memory_settings');
  const idOf = (team: string, user: string): string => `${requireId(team, 'team')}/${requireId(user, 'user')}`;
  return {
    async get(team, user) {
      const found = await settings.findOne({ _id: idOf(team, user) });
      return { auto: found?.auto ?? true, conscious: found?.conscious ?? true };
    },
    async set(team, user, { auto, conscious }) {
      const _id = idOf(team, user);
      await settings.replaceOne({ _id }, { _id, team, auto, conscious }, { upsert: true });
    },
  };
}
