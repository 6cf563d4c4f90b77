import { z } from 'zod';
import { homeBlock, messageBlock, modalBlock } from './block-kit/blocks.ts';
import { limits } from './limits.ts';
import type { Block } from './page-api.ts';

/** Where blocks are shown; each surface allows different blocks. */
export type Surface = 'message' | 'modal' | 'home';

/** The valid value, or Slack's messages about it (`response_metadata.messages`). */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly messages: readonly string[] };

const schemas = {
  message: z.array(messageBlock).max(limits.message.blocks),
  modal: z.array(modalBlock).max(limits.view.blocks),
  home: z.array(homeBlock).max(limits.view.blocks),
};

/** Checks blocks as Slack does. `pointer`: their place in the request, e.g. `/view/blocks`. */
export function validateBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): Checked<readonly Block[]> {
  const parsed = schemas[surface].safeParse(blocks);
  if (!parsed.success) return { ok: false, messages: describeIssues(parsed.error, pointer) };
  const value = parsed.data as readonly Block[];
  const messages = [...checkIds(value, pointer), ...(surface === 'message' ? checkTotals(value, pointer) : [])];
  return messages.length === 0 ? { ok: true, value } : { ok: false, messages };
}

/** Slack's messages for zod's issues, with a JSON pointer to the place. */
export function describeIssues(error: z.ZodError, pointer: string): readonly string[] {
  return error.issues.flatMap((issue) => {
    const at = [pointer, ...issue.path.map(String)].join('/');
    return reasons(issue).map(([reason, place]) => `[ERROR] ${reason} [json-pointer:${place ?? at}]`);
  });
}

type Reason = readonly [reason: string, place?: string];

function reasons(issue: z.core.$ZodIssue): readonly Reason[] {
  switch (issue.code) {
    case 'too_big':
      return [
        issue.origin === 'array'
          ? [`no more than ${issue.maximum} items allowed`]
          : [
              issue.origin === 'string'
                ? `must be less than ${Number(issue.maximum) + 1} characters`
                : `must be at most ${issue.maximum}`,
            ],
      ];
    case 'too_small':
      return [
        issue.origin === 'array'
          ? [`no fewer than ${issue.minimum} items allowed`]
          : [
              issue.origin === 'string'
                ? `must be more than ${Number(issue.minimum) - 1} characters`
                : `must be at least ${issue.minimum}`,
            ],
      ];
    case 'unrecognized_keys':
      return issue.keys.map((key) => [`invalid additional property: ${key}`]);
    case 'invalid_union':
      return [['unsupported type, or not allowed here']];
    case 'invalid_type':
      return [[issue.message.includes('received undefined') ? 'missing required field' : `must be ${issue.expected}`]];
    default:
      return [[issue.message]];
  }
}

/** `block_id`s are unique in the whole list, `action_id`s within their block. */
function checkIds(blocks: readonly Block[], pointer: string): readonly string[] {
  const ids = blocks.flatMap((block) => [block, ...children(block)]).map((block) => block.block_id);
  const messages = duplicates(ids).map((id) => `[ERROR] \`block_id\` "${id}" already exists [json-pointer:${pointer}]`);
  for (const [index, block] of blocks.entries()) {
    for (const one of [block, ...children(block)]) {
      for (const id of duplicates(elementsOf(one).map((element) => element.action_id))) {
        messages.push(`[ERROR] \`action_id\` "${id}" already exists [json-pointer:${pointer}/${index}]`);
      }
    }
  }
  return messages;
}

/** Limits over a whole message. */
function checkTotals(blocks: readonly Block[], pointer: string): readonly string[] {
  const messages: string[] = [];
  if (blocks.filter((block) => block.type === 'data_visualization').length > limits.message.charts) {
    messages.push(`[ERROR] no more than ${limits.message.charts} data_visualization blocks [json-pointer:${pointer}]`);
  }
  const cells = blocks.filter((block) => block.type === 'data_table' || block.type === 'table');
  if (textLength(cells.map((block) => block.rows)) > limits.message.tableText) {
    messages.push(
      `[ERROR] tables must have less than ${limits.message.tableText + 1} characters [json-pointer:${pointer}]`,
    );
  }
  return messages;
}

/** Characters in every `text` below a value, which Slack adds up against its limits for whole messages. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : textLength(item)),
    0,
  );
}

/** An interactive element, as the app sent it. */
export type Element = { readonly type: string; readonly action_id?: string; readonly [field: string]: unknown };

/** Blocks inside a container or carousel. */
export function children(block: Block): readonly Block[] {
  const inner = block.type === 'container' ? block.child_blocks : block.type === 'carousel' ? block.elements : [];
  return inner as readonly Block[];
}

/** Interactive elements that sit directly in a block. */
export function elementsOf(block: Block): readonly Element[] {
  const inner = [block.elements, block.accessory, block.element, block.actions].flat();
  return inner.filter((item): item is Element => typeof item === 'object' && item !== null && 'type' in item);
}

function duplicates(ids: readonly (string | undefined)[]): readonly string[] {
  const given = ids.filter((id) => id !== undefined);
  return [...new Set(given.filter((id, index) => given.indexOf(id) !== index))];
}
