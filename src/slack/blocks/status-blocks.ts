import type { KnownBlock } from '@slack/types';
import type { PartStatus } from '../../core/conversation/status.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { context, header, pairs } from './elements.ts';

/** Each part of the product: what is in use, and the variable that changes it. */
export const statusBlocks = (parts: readonly PartStatus[], texts: Texts): KnownBlock[] => [
  header(texts.headings.status),
  ...parts.flatMap(({ part, using, change, ok }) => [
    pairs([[`${ok ? '●' : '○'} ${texts.parts[part]}`, `${using}${ok ? '' : ` (${texts.status.broken})`}`]]),
    ...(change === '' ? [] : [context(change)]),
  ]),
];
