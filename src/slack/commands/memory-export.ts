import { sourceNames } from '../views.ts';
import type { Command } from './command.ts';

/** `/memori memory export`: a file in the direct message, because a channel's members must not see a person's own. */
export const memoryExport: Command = {
  name: 'memory export',
  usage: '/memori memory export',
  summary: (texts) => texts.commands.memoryExport,
  async run({ deps, person, place, texts }) {
    const lines = await deps.memories.exportAll({ person, place, dataSources: sourceNames(deps) });
    const count = lines.split('\n').length - 1;
    const day = deps.ops.clock.now().toISOString().slice(0, 10);
    const file = { name: `memories-${day}.ndjson`, content: lines, comment: texts.memory.exported(count) };
    return count === 0 ? { text: texts.memory.found(0) } : { text: texts.memory.exportSent, file };
  },
};
