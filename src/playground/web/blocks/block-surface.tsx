import { memo } from 'react';
import type { Block, ElementPlace } from '../../page-api.ts';
import { BlockList } from './block-list.tsx';
import { type FormValues, useFormValues } from './form-values.ts';
import { type ShownSurface, SurfaceContext } from './surface-context.ts';

type Props = {
  readonly place: ElementPlace;
  readonly blocks: readonly Block[];
  /** A modal keeps the values itself, since it submits them. */
  readonly form?: FormValues;
  readonly errors?: ShownSurface['errors'];
};

const noErrors = {};

/** The blocks of a message, a modal or the App Home. */
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
