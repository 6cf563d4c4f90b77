import type { HomeView, KnownBlock } from '@slack/types';
import type { Person } from '../../core/base/namespace.ts';
import type { Memory } from '../../core/memory/memory.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { slackLimits } from '../limits.ts';
import { type BudgetView, budgetBlocks } from './budget-blocks.ts';
import { actions, button, header, paragraph } from './elements.ts';
import { exampleBlocks } from './example-blocks.ts';
import { memoryListBlocks } from './memory-blocks.ts';
import { type SourceView, sourcesBlocks } from './sources-blocks.ts';

/** What the Home tab shows. */
export type HomeData = {
  readonly examples: readonly string[];
  readonly sources: readonly SourceView[];
  readonly budget: BudgetView;
  readonly memories: readonly Memory[];
};

/** The Home tab: an introduction, questions to click, data sources, the budget, and memories. */
export function homeView({ examples, sources, budget, memories }: HomeData, person: Person, texts: Texts): HomeView {
  const divider: KnownBlock = { type: 'divider' };
  const parts: KnownBlock[][] = [
    [header(texts.home.title), paragraph(texts.home.intro)],
    examples.length === 0 ? [] : [header(texts.home.ask), ...exampleBlocks(examples, texts)],
    sourcesBlocks(sources, texts),
    budgetBlocks(budget, person, texts),
    homeMemories(memories, texts),
  ];
  const blocks = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [divider, ...part]));
  return { type: 'home', blocks: blocks.slice(0, slackLimits.viewBlocks) };
}

/** The first few memories, and a button for all of them. */
const homeMemories = (memories: readonly Memory[], texts: Texts): KnownBlock[] => [
  ...memoryListBlocks(memories, texts, shownOnHome),
  ...(memories.length === 0 ? [] : [actions([button(actionIds.memoryManage, texts.buttons.manage, 'all')])]),
];
const shownOnHome = 8;
