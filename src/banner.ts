import type { Config } from './config.ts';
import type { PartStatus } from './core/conversation/status.ts';

/** What is in use and what would change it, for the terminal. Aligned by hand: six lines need no table library. */
export function banner(url: string, config: Config, parts: readonly PartStatus[]): string {
  const width = Math.max(...parts.map(({ part }) => part.length));
  const lines = parts.map(
    ({ part, using, change, ok }) =>
      `  ${ok ? '✓' : '✗'} ${part.padEnd(width)}  ${using}${change ? `\n    ${' '.repeat(width)}  → ${change}` : ''}`,
  );
  const open =
    config.slack.kind === 'playground'
      ? `Open ${url} and ask something.`
      : `Health and metrics: ${url}/health, ${url}/metrics`;
  return ['', 'Memori for Slack', '', ...lines, '', `  ${open}`, '  Ctrl+C stops.', '', ''].join('\n');
}
