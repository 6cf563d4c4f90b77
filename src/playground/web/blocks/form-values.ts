import { useMemo, useState } from 'react';
import type { Block, StateValue, StateValues } from '../../page-api.ts';
import { initialValues, overlayValues } from './form-state.ts';

/** The values of all inputs of a surface. */
export type FormValues = {
  readonly values: StateValues;
  /** Sets one and returns all, the new one included. */
  readonly set: (blockId: string, actionId: string, value: StateValue) => StateValues;
};

/**
 * The entered values. When the blocks change, an input with the same block_id and action_id keeps its value, as in
 * Slack; the others start with their initial value.
 */
export function useFormValues(blocks: readonly Block[]): FormValues {
  const [edits, setEdits] = useState<StateValues>({});
  const initial = useMemo(() => initialValues(blocks), [blocks]);
  const values = useMemo(() => overlayValues(initial, edits), [initial, edits]);
  const set: FormValues['set'] = (blockId, actionId, value) => {
    const change = { [blockId]: { ...edits[blockId], [actionId]: value } };
    setEdits((known) => ({ ...known, [blockId]: { ...known[blockId], [actionId]: value } }));
    return overlayValues(values, change);
  };
  return { values, set };
}
