import { useState } from 'react';
import type { ActionValue, StateValue } from '../../page-api.ts';
import { useSurface } from '../blocks/surface-context.ts';
import { useActions } from '../store/page-store.tsx';

/** The properties of every element component. */
export type ElementProps<T> = {
  readonly blockId: string;
  readonly element: T;
  /** A change is reported to the app at once; otherwise when the modal is submitted. */
  readonly dispatches: boolean;
};

/** The value of an element, and how to change or use it. */
export function useElement(
  blockId: string,
  element: { readonly type: string; readonly action_id?: string },
  dispatches: boolean,
) {
  const { place, form } = useSurface();
  const actions = useActions();
  const [busy, setBusy] = useState(false);
  const actionId = element.action_id ?? '';
  const report = async (action: ActionValue, state = form.values) => {
    setBusy(true);
    await actions.use({ place, block_id: blockId, action_id: actionId, action, state });
    setBusy(false);
  };
  return {
    value: form.values[blockId]?.[actionId] as Readonly<Record<string, unknown>> | undefined,
    busy,
    place,
    actionId,
    /** Reports a use that leaves no value behind: a button, an overflow option. */
    report,
    /** Keeps the new value and, if the element dispatches, reports it. */
    change: (fields: ActionValue | { readonly value: string | null }) => {
      const value: StateValue = { type: element.type, ...fields };
      const state = form.set(blockId, actionId, value);
      if (dispatches) void report(fields as ActionValue, state);
    },
    /** Keeps the new value and reports nothing: typing. */
    keep: (fields: { readonly value: string | null }) => form.set(blockId, actionId, { type: element.type, ...fields }),
  };
}
