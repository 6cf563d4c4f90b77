/** Fields are ids, counts and durations: never a payload, a row, a memory text or a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Three levels are enough: what an operator may want to know, should look at, must look at. Winston satisfies it. */
export interface Logger {
  info(message: string, fields?: LogFields): unknown;
  warn(message: string, fields?: LogFields): unknown;
  error(message: string, fields?: LogFields): unknown;
}
