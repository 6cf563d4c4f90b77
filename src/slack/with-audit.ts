import type { AuditEntry } from '../core/base/audit.ts';
import { isMemoriError } from '../core/base/errors.ts';
import type { SlackDeps } from './slack-deps.ts';

/**
 * Runs an action that a person ordered, and records in the audit log that they did and how it ended. A failed write to
 * the log does not undo the action; operators find it in the ordinary log.
 */
export async function withAudit<T>(
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
