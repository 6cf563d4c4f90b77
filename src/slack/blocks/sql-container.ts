import type { ContainerBlock } from '@slack/types';
import type { Texts } from '../../core/texts/texts-for.ts';
import { slackLimits } from '../limits.ts';
import { context, plain, preformatted } from './elements.ts';

/** The SQL, folded. Containers take no markdown block, so the SQL is rich text in a fixed-width font. */
export function sqlContainer(title: string, sql: string, texts: Texts): ContainerBlock {
  const isCut = sql.length > slackLimits.sqlCharacters;
  return {
    type: 'container',
    title: plain(title, slackLimits.containerTitle),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [preformatted(sql, slackLimits.sqlCharacters), ...(isCut ? [context(texts.answer.sqlCut)] : [])],
  };
}
