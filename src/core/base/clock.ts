/** The only source of "now", so that tests own the time. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. Everything that needs the time takes a `Clock`; only the wiring passes this one. */
export const systemClock: Clock = { now: () => new Date() };
