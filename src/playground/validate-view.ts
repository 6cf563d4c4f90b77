import { z } from 'zod';
import { plainText, short } from './block-kit/text.ts';
import { limits } from './limits.ts';
import type { Block } from './page-api.ts';
import { type Checked, describeIssues, validateBlocks } from './validate-blocks.ts';

const common = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(limits.view.privateMetadata).optional(),
  callback_id: z.string().max(limits.view.callbackId).optional(),
  external_id: short(limits.view.externalId).optional(),
};

const label = plainText(limits.view.title);

const view = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('home'), ...common }),
  z.strictObject({
    type: z.literal('modal'),
    ...common,
    title: label,
    submit: label.nullish(),
    close: label.nullish(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  }),
]);

/** A view that the app sent, checked. */
export type ViewDefinition = z.infer<typeof view> & { readonly blocks: Block[] };

/** Checks a modal or home view as `views.*` does. */
export function validateView(value: unknown, type: 'modal' | 'home'): Checked<ViewDefinition> {
  const parsed = view.safeParse(value);
  if (!parsed.success) return { ok: false, messages: describeIssues(parsed.error, '/view') };
  if (parsed.data.type !== type) return { ok: false, messages: [`[ERROR] must be ${type} [json-pointer:/view/type]`] };
  const blocks = validateBlocks(parsed.data.blocks, type, '/view/blocks');
  if (!blocks.ok) return blocks;
  const { data } = parsed;
  const hasInput = blocks.value.some((block) => block.type === 'input');
  if (data.type === 'modal' && hasInput && data.submit == null) {
    return { ok: false, messages: ['[ERROR] missing required field: submit [json-pointer:/view]'] };
  }
  return { ok: true, value: { ...parsed.data, blocks: [...blocks.value] } };
}
