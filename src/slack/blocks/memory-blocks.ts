import type { KnownBlock, ModalView } from '@slack/types';
import type { Why } from '../../core/memory/memories.ts';
import type { Memory } from '../../core/memory/memory.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds, memoryField, viewIds } from '../action-ids.ts';
import { clip, inertLine } from '../escape.ts';
import { slackLimits } from '../limits.ts';
import {
  actions,
  button,
  confirmForget,
  confirmShare,
  context,
  header,
  paragraph,
  plain,
  section,
} from './elements.ts';

/** Each takes three blocks, and a message holds 50. */
const shownMemories = 15;
/** Shown in the manager, whose modal holds 100 blocks. */
const managedMemories = 30;

/**
 * The memories that the person may see here, numbered as commands count them, each with its scope, source and actions.
 */
export function memoryListBlocks(
  memories: readonly Memory[],
  texts: Texts,
  shown: number = shownMemories,
): KnownBlock[] {
  if (memories.length === 0) return [header(texts.headings.memoryList), paragraph(texts.memory.none)];
  const more = memories.length - shown;
  return [
    header(texts.headings.memoryList),
    ...memories.slice(0, shown).flatMap((memory, index) => memoryBlocks(memory, texts, `${index + 1}. `)),
    ...(more > 0 ? [context(texts.memory.more(more))] : []),
  ];
}

/** One memory with its Forget button, its scope, who said it when, and further actions. */
export function memoryBlocks(memory: Memory, texts: Texts, number = ''): KnownBlock[] {
  const isKept = memory.pinned ?? memory.conscious;
  return [
    memorySection(memory, texts, number),
    provenance(memory, texts),
    actions([
      button(actionIds.memoryEdit, texts.buttons.edit, memory.id),
      button(
        actionIds.memoryPin,
        isKept ? texts.buttons.unpin : texts.buttons.pin,
        `${memory.id}|${isKept ? 'off' : 'on'}`,
      ),
    ]),
  ];
}

/** One memory that was used for an answer: why, and how to object. */
export const usedMemoryBlocks = (memory: Memory, why: Why | undefined, texts: Texts): KnownBlock[] => [
  memorySection(memory, texts, ''),
  provenance(memory, texts),
  ...(why === undefined ? [] : [context(texts.memory.usedBecause(whyText(why, texts)))]),
  actions([button(actionIds.memoryEdit, texts.buttons.wrong, memory.id)]),
];

function whyText(why: Why, { memory }: Texts): string {
  switch (why.reason) {
    case 'defines': {
      const { term, scope, instead } = why;
      const others = instead.map((type) => memory.scopes[type]);
      return memory.defines(inertLine(term), memory.scopes[scope], others);
    }
    case 'words':
    case 'meaning':
      return memory.similar[why.reason];
    default:
      return `${memory.standing[why.reason]} (${memory.scopes[why.scope]})`;
  }
}

function memorySection(memory: Memory, texts: Texts, number: string): KnownBlock {
  const forget = { ...button(actionIds.memoryForget, texts.buttons.forget, memory.id), confirm: confirmForget(texts) };
  return section(`${number}${clip(inertLine(memory.text), 500)}`, forget);
}

/** Asks whether more people should see a memory, with a button to confirm. */
export function shareBlocks(memory: Memory, to: string, seenBy: string, texts: Texts): KnownBlock[] {
  const share = {
    ...button(actionIds.memoryShare, texts.buttons.share, `${memory.id}|${to}`),
    confirm: confirmShare(texts),
  };
  return [section(texts.memory.shareQuestion(clip(inertLine(memory.text), 500), seenBy), share)];
}

/** What is about to be forgotten, each with its button; the command with `confirm` forgets all of them. */
export function forgetBlocks(memories: readonly Memory[], named: string, texts: Texts): KnownBlock[] {
  return [
    paragraph(texts.memory.forgetQuestion(memories.length, named)),
    ...memories.slice(0, shownMemories).map((memory) => memorySection(memory, texts, '')),
    ...(memories.length > shownMemories ? [context(texts.memory.more(memories.length - shownMemories))] : []),
  ];
}

/** Every memory that the person may see, to edit, pin and forget. */
export const memoryManager = (memories: readonly Memory[], texts: Texts): ModalView => ({
  type: 'modal',
  callback_id: viewIds.memoryManager,
  title: plain(texts.memory.manager, slackLimits.modalTitle),
  close: plain(texts.buttons.close, slackLimits.modalTitle),
  blocks: memoryListBlocks(memories, texts, managedMemories).slice(0, slackLimits.viewBlocks),
});

/** A text field for a memory. `metadata`: the memory's id, or where a new one was said. */
export const memoryTextModal = (
  kind: 'edit' | 'remember',
  text: string,
  metadata: string,
  texts: Texts,
): ModalView => ({
  type: 'modal',
  callback_id: kind === 'edit' ? viewIds.memoryEdit : viewIds.remember,
  private_metadata: metadata,
  title: plain(kind === 'edit' ? texts.memory.editTitle : texts.memory.rememberTitle, slackLimits.modalTitle),
  submit: plain(texts.buttons.save, slackLimits.modalTitle),
  close: plain(texts.buttons.cancel, slackLimits.modalTitle),
  blocks: [
    {
      type: 'input',
      block_id: memoryField,
      label: plain(texts.memory.field, slackLimits.modalTitle),
      hint: plain(texts.memory.fieldHint, slackLimits.contextText),
      element: {
        type: 'plain_text_input',
        action_id: memoryField,
        multiline: true,
        initial_value: clip(inertLine(text), 500),
        max_length: 500,
      },
    },
  ],
});

/** The author is a mention, which Slack resolves to a name; context blocks notify nobody. The id is Slack's own. */
function provenance(one: Memory, texts: Texts): KnownBlock {
  const { scope, kind, conscious, pinned, source, createdAt, proof, validTo } = one;
  const { memory } = texts;
  const said = kind === 'episode' ? memory.askedBy : memory.taughtBy;
  const parts = [
    memory.why(memory.scopes[scope.type], memory.kinds[kind]),
    ...(pinned === true ? [memory.pinned] : (pinned ?? conscious) ? [memory.conscious] : []),
    ...(isSlackUser(source.author) ? [said(`<@${source.author}>`)] : []),
    createdAt.toISOString().slice(0, 10),
    ...(proof > 1 ? [memory.proof(proof)] : []),
    ...(validTo === undefined ? [] : [memory.heldUntil(validTo.toISOString().slice(0, 10))]),
  ];
  const text = clip(parts.join(' · '), slackLimits.contextText);
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

const isSlackUser = (id: string): boolean => /^[UW][A-Z0-9]{2,20}$/.test(id);
