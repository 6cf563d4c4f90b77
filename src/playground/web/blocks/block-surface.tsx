import { createContext, memo, useContext } from 'react';
import type { Block, ElementPlace } from '../../page-api.ts';
import { BlockBoundary } from './block-boundary.tsx';
import { type FormValues, useFormValues } from './form-values.ts';
import { RenderedBlock } from './rendered-block.tsx';

type Surface = {
  readonly place: ElementPlace;
  readonly form: FormValues;
  /** block_id → what is wrong with it. */
  readonly errors: Readonly<Record<string, string>>;
};

const SurfaceContext = createContext<Surface | undefined>(undefined);

/** Where the element being drawn sits: a message or a view. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('used outside of BlockSurface');
  return surface;
}

type Props = {
  readonly place: ElementPlace;
  readonly blocks: readonly Block[];
  /** A modal keeps the values itself, since it submits them. */
  readonly form?: FormValues;
  readonly errors?: Readonly<Record<string, string>>;
};

const noErrors = {};

/** Draws the blocks of a message, a modal or the App Home. */
export const BlockSurface = memo(function BlockSurface({ place, blocks, form, errors = noErrors }: Props) {
  const own = useFormValues(blocks);
  return (
    <SurfaceContext value={{ place, form: form ?? own, errors }}>
      <div className="blocks">
        <BlockList blocks={blocks} />
      </div>
    </SurfaceContext>
  );
});

/** Blocks one below the other; one that cannot be drawn does not take the others with it. */
export function BlockList({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map((block, index) => (
    <BlockBoundary key={block.block_id ?? `${block.type} ${index}`} type={block.type}>
      <RenderedBlock block={block} />
    </BlockBoundary>
  ));
}
