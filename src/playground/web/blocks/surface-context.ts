import { createContext, useContext } from 'react';
import type { ElementPlace } from '../../page-api.ts';
import type { FormValues } from './form-values.ts';

export type Surface = {
  readonly place: ElementPlace;
  readonly form: FormValues;
  /** block_id → what is wrong with it. */
  readonly errors: Readonly<Record<string, string>>;
};

export const SurfaceContext = createContext<Surface | undefined>(undefined);

/** Where the element being drawn sits: a message or a view. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('used outside of BlockSurface');
  return surface;
}
