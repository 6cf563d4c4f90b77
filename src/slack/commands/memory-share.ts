import { MemoriError } from '../../core/base/errors.ts';
import type { WiderScope } from '../../core/memory/memories.ts';
import { memoryRefusal } from '../../core/texts/memory-refusals.ts';
import { shareBlocks } from '../blocks/memory-blocks.ts';
import { inertMrkdwn } from '../escape.ts';
import { keepNumber, namedMemories } from '../shown-memories.ts';
import { sourceNames } from '../views.ts';
import { type Command, type CommandCall, firstWord } from './command.ts';

/** `/memori memory share <number> <workspace, channel or data source>` asks first; with `confirm` it shares. */
export const memoryShare: Command = {
  name: 'memory share',
  usage: '/memori memory share <number> <workspace, channel or data source> [confirm]',
  summary: (texts) => texts.commands.memoryShare,
  target: firstWord,
  example: () => '/memori memory share 2 workspace',
  async run(call) {
    const { argument, deps, person, place, texts } = call;
    const [named = '', target = '', confirmed] = argument.split(/\s+/);
    const wider = widerScope(target, call);
    if (wider === undefined)
      throw new MemoriError('invalid_input', 'Which one, or with whom, is missing.', {
        details: { message: texts.commands.shareHint },
      });
    const which = await namedMemories(named, call);
    const viewer = { person, place, dataSources: sourceNames(deps) };
    if (confirmed?.toLowerCase() === 'confirm') {
      const shared = await deps.memories.share(which, wider.scope, viewer);
      await keepNumber(which, shared, call);
      return { text: texts.memory.shared(inertMrkdwn(shared.text), wider.seenBy) };
    }
    const listed = await deps.memories.list(person, place, viewer.dataSources);
    const memory = listed.find(({ id }, at) => id === which || String(at + 1) === which);
    if (memory === undefined) throw memoryRefusal('not_found', 'missing');
    return {
      text: texts.memory.shareQuestion(inertMrkdwn(memory.text), wider.seenBy),
      blocks: shareBlocks(memory, target, wider.seenBy, texts),
    };
  },
};

/** `channel` means the one where the command was typed. */
function widerScope(
  target: string,
  { deps, person, place, texts }: CommandCall,
): { readonly scope: WiderScope; readonly seenBy: string } | undefined {
  if (target === 'workspace') return { scope: { type: 'workspace', id: person.team }, seenBy: texts.memory.everyone };
  if (target === 'channel' && place.kind === 'channel')
    return { scope: { type: 'channel', id: place.channel }, seenBy: texts.memory.everyoneHere };
  if (!sourceNames(deps).includes(target)) return undefined;
  return { scope: { type: 'datasource', id: target }, seenBy: texts.memory.everyoneAsking(target) };
}
