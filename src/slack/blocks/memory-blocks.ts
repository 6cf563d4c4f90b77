import type { KnownBlock } from '@slack/types';
import type { Memory } from '../../core/memory/memory.ts';
import { actionIds } from '../action-ids.ts';
import { clip, inertLine } from '../escape.ts';
import { slackLimits } from '../limits.ts';
import type { Texts } from '../texts/en.ts';
import { button, confirmForget, context, header, paragraph, section } from './elements.ts';

const shownMemories = 20;

/** What the person may see here, numbered as `memory forget` counts, each with scope, source and a way to forget it. */
export function memoryListBlocks(memories: readonly Memory[], texts: Texts): KnownBlock[] {
  if (memories.length === 0) return [header(texts.headings.memoryList), paragraph(texts.memory.none)];
  const more = memories.length - shownMemories;
  return [
    header(texts.headings.memoryList),
    ...memories.slice(0, shownMemories).flatMap((memory, index) => memoryBlocks(memory, texts, `${index + 1}. `)),
    ...(more > 0 ? [context(texts.memory.more(more))] : []),
  ];
}

/** One memory with its Forget button, and under it where it holds and who said it when. */
export function memoryBlocks(memory: Memory, texts: Texts, number = ''): KnownBlock[] {
  const forget = { ...button(actionIds.memoryForget, texts.buttons.forget, memory.id), confirm: confirmForget(texts) };
  return [section(`${number}${clip(inertLine(memory.text), 500)}`, forget), provenance(memory, texts)];
}

/** The author is a mention that Slack resolves to a name; context blocks notify nobody. The id is Slack's own. */
function provenance({ scope, kind, conscious, source, createdAt }: Memory, texts: Texts): KnownBlock {
  const { memory } = texts;
  const said = kind === 'episode' ? memory.askedBy : memory.taughtBy;
  const parts = [
    memory.why(memory.scopes[scope.type], memory.kinds[kind]),
    ...(conscious ? [memory.conscious] : []),
    ...(isSlackUser(source.author) ? [said(`<@${source.author}>`)] : []),
    createdAt.toISOString().slice(0, 10),
  ];
  const text = clip(parts.join(' · '), slackLimits.contextText);
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

const isSlackUser = (id: string): boolean => /^[UW][A-Z0-9]{2,20}$/.test(id);
