import type { Person, Place } from '../core/base/namespace.ts';
import { visibleCatalogue } from '../core/sql/visible-catalogue.ts';
import type { BudgetView } from './blocks/budget-blocks.ts';
import type { SourceView } from './blocks/sources-blocks.ts';
import type { ListedSource, SlackDeps } from './slack-deps.ts';

/** How long the list waits for a catalogue that is not cached; after that it shows the source without tables. */
const catalogueMs = 4_000;

/** The data of the budget blocks. */
export const budgetView = async ({ budgets }: SlackDeps, person: Person, place: Place): Promise<BudgetView> => ({
  balances: await budgets.balances(person, place),
  resetsAt: budgets.resetsAt(),
  perRequestTokens: budgets.perRequestTokens,
});

/** The data of the sources blocks. A source that does not answer is listed as unavailable. */
export const sourceViews = ({ data }: SlackDeps): Promise<SourceView[]> => Promise.all(data.sources().map(sourceView));

async function sourceView(source: ListedSource): Promise<SourceView> {
  const catalogue = await source.catalogue(AbortSignal.timeout(catalogueMs)).catch(() => undefined);
  const tables = catalogue && visibleCatalogue(catalogue, source.policy).tables.map(({ name }) => name);
  return { name: source.name, description: source.description, today: source.today(), tables: tables?.sort() };
}

/** Names of the data sources, for the memory engine. */
export const sourceNames = ({ data }: SlackDeps): readonly string[] => data.sources().map(({ name }) => name);
