import type { AuditEntry } from '../core/base/audit.ts';
import { isMemoriError } from '../core/base/errors.ts';
import type { SlackDeps } from './slack-deps.ts';

/**
 * Does what a person ordered and writes down that they did, and how it ended. The Slack surface's one writer of the
 * audit log. A log that cannot be written does not undo what was done: that is logged for the operators.
 */
export async function audited<T>(
  { audit, clock, logger }: SlackDeps['ops'],
  entry: Omit<AuditEntry, 'at' | 'result'>,
  work: () => Promise<T>,
): Promise<T> {
  const write = (result: string): Promise<void> =>
    audit
      .append({ ...entry, at: clock.now(), result })
      .catch(
        (error: unknown) =>
          void logger.error('The audit log could not be written', { action: entry.action, error: String(error) }),
      );
  try {
    const value = await work();
    await write('ok');
    return value;
  } catch (error) {
    await write(isMemoriError(error) ? error.code : 'internal');
    throw error;
  }
}
