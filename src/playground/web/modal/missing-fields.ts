import type { Block, StateValues } from '../../page-api.ts';
import { asSlackBlock } from '../blocks/block-kit.ts';

/** Required inputs that are empty, which Slack's clients check before they submit. */
export function missingFields(blocks: readonly Block[], values: StateValues): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const given of blocks) {
    const block = asSlackBlock(given);
    if (block.type !== 'input' || block.optional) continue;
    const entered = Object.values(values[given.block_id ?? ''] ?? {}).some(hasValue);
    if (!entered) missing[given.block_id ?? ''] = 'Please complete this required field.';
  }
  return missing;
}

function hasValue(value: StateValues[string][string]): boolean {
  const { type: _type, ...fields } = value;
  return Object.values(fields).some((field) =>
    Array.isArray(field) ? field.length > 0 : field !== null && field !== '',
  );
}
