import type { KnownBlock } from '@slack/types';
import type { Person } from '../../core/base/namespace.ts';
import type { Balance } from '../../core/budget/ledger.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { dollars } from '../format-cell.ts';
import { context, header, label, preformatted } from './elements.ts';

/** What `/memori budget` shows. */
export type BudgetView = {
  readonly balances: readonly Balance[];
  readonly resetsAt: Date;
  readonly perRequestTokens: number;
};

/** For each account a bar of what is spent (full) and held (half), then spent, held and left of every limit. */
export function budgetBlocks(
  { balances, resetsAt, perRequestTokens }: BudgetView,
  person: Person,
  texts: Texts,
): KnownBlock[] {
  const { budget } = texts;
  return [
    header(texts.headings.budget),
    ...(balances.length === 0 ? [context(budget.none)] : balances.flatMap((balance) => balanceBlocks(balance, texts))),
    context(budget.reset(timeOf(resetsAt, person, texts)), budget.perRequest(perRequestTokens)),
  ];
}

function balanceBlocks({ account, spent, held }: Balance, texts: Texts): KnownBlock[] {
  const { budget, number } = texts;
  const kind = account.scope.split(':')[0] ?? '';
  const line = (spentOf: number, heldOf: number, limit: number | undefined, show: (value: number) => string): string =>
    budget.line(
      show(spentOf),
      show(heldOf),
      limit === undefined ? budget.unlimited : show(Math.max(0, limit - spentOf - heldOf)),
    );
  const tokens = line(spent.tokens, held.tokens, account.limitTokens, number);
  const money = line(spent.microUsd, held.microUsd, account.limitMicroUsd, (value) => `$${dollars(value)}`);
  const bar = fullest([
    [spent.tokens, held.tokens, account.limitTokens],
    [spent.microUsd, held.microUsd, account.limitMicroUsd],
  ]);
  return [
    label(budget.scope[kind] ?? kind),
    preformatted([...(bar === undefined ? [] : [bar]), budget.tokens(tokens), money].join('\n')),
  ];
}

type Use = readonly [spent: number, held: number, limit: number | undefined];
const barLength = 24;

/** The bar of the limit that is closest to being reached; undefined without a limit. */
function fullest(uses: readonly Use[]): string | undefined {
  const shares = uses.flatMap(([spent, held, limit]) =>
    limit === undefined || limit <= 0
      ? []
      : [{ spent: Math.min(1, spent / limit), all: Math.min(1, (spent + held) / limit) }],
  );
  const first = shares.sort((a, b) => b.all - a.all)[0];
  if (first === undefined) return undefined;
  const full = Math.round(first.spent * barLength);
  const half = Math.round(first.all * barLength) - full;
  return `${'█'.repeat(full)}${'▒'.repeat(half)}${'░'.repeat(barLength - full - half)} ${Math.round(first.all * 100)}%`;
}

/** In the person's own time zone. For an unknown zone UTC is used and named. */
function timeOf(at: Date, { timeZone }: Person, { language }: Texts): string {
  const format = (zone: string): string =>
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: zone,
    }).format(at);
  try {
    return `${format(timeZone)} (${timeZone})`;
  } catch {
    return `${format('UTC')} (UTC)`;
  }
}
