import type { Block } from '../../page-api.ts';
import { Element } from '../elements/element.tsx';
import { AlertBlock } from './alert-block.tsx';
import { BlockBoundary } from './block-boundary.tsx';
import { asSlackBlock, asSlackElement } from './block-kit.ts';
import { ContainerBlock } from './container-block.tsx';
import { ContextBlock } from './context-block.tsx';
import { DataTableBlock } from './data-table-block.tsx';
import { DataVisualizationBlock } from './data-visualization-block.tsx';
import { ImageBlock } from './image-block.tsx';
import { InputBlock } from './input-block.tsx';
import { LibraryBlock } from './library-block.tsx';
import { SectionBlock } from './section-block.tsx';

/** Blocks below each other. A block that fails to render does not affect the others. */
export function BlockList({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map((block, index) => (
    <BlockBoundary key={block.block_id ?? `${block.type} ${index}`} type={block.type}>
      <OneBlock block={block} />
    </BlockBoundary>
  ));
}

/** Our own component if the block is interactive or the renderer lacks it, otherwise the renderer's. */
function OneBlock({ block }: { readonly block: Block }) {
  const known = asSlackBlock(block);
  const blockId = block.block_id ?? '';
  switch (known.type) {
    case 'section':
      return <SectionBlock block={known} blockId={blockId} />;
    case 'actions':
      return (
        <div className="actions">
          {known.elements.map((element, index) => (
            <Element key={keyOf(element, index)} blockId={blockId} element={asSlackElement(element)} dispatches />
          ))}
        </div>
      );
    case 'context_actions':
      return (
        <div className="context-actions">
          {known.elements.map((element, index) => (
            <Element key={keyOf(element, index)} blockId={blockId} element={element} dispatches />
          ))}
        </div>
      );
    case 'input':
      return <InputBlock block={known} blockId={blockId} />;
    case 'container':
      return (
        <ContainerBlock block={known}>
          <BlockList blocks={known.child_blocks as unknown as readonly Block[]} />
        </ContainerBlock>
      );
    case 'data_table':
      return <DataTableBlock block={known} />;
    case 'data_visualization':
      return <DataVisualizationBlock block={known} />;
    case 'context':
      return <ContextBlock block={known} />;
    case 'image':
      return <ImageBlock block={known} />;
    case 'alert':
      return <AlertBlock block={known} />;
    default:
      return <LibraryBlock block={block} />;
  }
}

function keyOf(element: { readonly type: string; readonly action_id?: string }, index: number): string {
  return element.action_id ?? `${element.type} ${index}`;
}
