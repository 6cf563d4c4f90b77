import { createContext, useContext } from 'react';
import type { ElementPlace } from '../../page-api.ts';
import type { FormValues } from './form-values.ts';

/** Where blocks are shown, and the values entered in them. */
export type ShownSurface = {
  readonly place: ElementPlace;
  readonly form: FormValues;
  /** Errors of inputs, by block_id. */
  readonly errors: Readonly<Record<string, string>>;
};

/** Set by `BlockSurface`. */
export const SurfaceContext = createContext<ShownSurface | undefined>(undefined);

/** The message or view around the element that is rendered. */
export function useSurface(): ShownSurface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('used outside of BlockSurface');
  return surface;
}
