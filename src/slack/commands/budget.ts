import { budgetBlocks } from '../blocks/budget-blocks.ts';
import { budgetView } from '../views.ts';
import type { Command } from './command.ts';

/** `/memori budget`. */
export const budget: Command = {
  name: 'budget',
  usage: '/memori budget',
  summary: (texts) => texts.commands.budget,
  async run({ deps, person, place, texts }) {
    return { text: texts.headings.budget, blocks: budgetBlocks(await budgetView(deps, person, place), person, texts) };
  },
};
