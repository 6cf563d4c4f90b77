/**
 * How late Slack may carry out what it did not answer, or what a process sent before it ended: looked after following each
 * of these pauses. Milliseconds.
 */
export const latePausesMs = [0, 6_000, 12_000];
