import type { Person, Place } from '../core/base/namespace.ts';
import { visibleCatalogue } from '../core/sql/visible-catalogue.ts';
import type { BudgetView } from './blocks/budget-blocks.ts';
import type { SourceView } from './blocks/sources-blocks.ts';
import type { ListedSource, SlackDeps } from './slack-deps.ts';

/** A catalogue that is not cached yet is not waited for longer: the list is shown without its tables. Milliseconds. */
const catalogueMs = 4_000;

/** What the budget blocks show. */
export const budgetView = async ({ budgets }: SlackDeps, person: Person, place: Place): Promise<BudgetView> => ({
  balances: await budgets.balances(person, place),
  resetsAt: budgets.resetsAt(),
  perRequestTokens: budgets.perRequestTokens,
});

/** What the sources blocks show. A source that does not answer is listed as such. */
export const sourceViews = ({ data }: SlackDeps): Promise<SourceView[]> => Promise.all(data.sources().map(sourceView));

async function sourceView(source: ListedSource): Promise<SourceView> {
  const catalogue = await source.catalogue(AbortSignal.timeout(catalogueMs)).catch(() => undefined);
  const tables = catalogue && visibleCatalogue(catalogue, source.policy).tables.map(({ name }) => name);
  return { name: source.name, description: source.description, today: source.today(), tables: tables?.sort() };
}

/** Names of the data sources, as the memory engine wants them. */
export const sourceNames = ({ data }: SlackDeps): readonly string[] => data.sources().map(({ name }) => name);
