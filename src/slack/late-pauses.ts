/**
 * How late Slack may carry out a call that it did not answer, or that a process sent before it ended. After each of
 * these pauses the thread is checked. Milliseconds.
 */
export const latePausesMs = [0, 6_000, 12_000];
