/** What of a catalogue is in a prompt so far: items and tables by their places in the index. */
export type Chosen = {
  /** Items that are in, by name at least. */
  readonly named: Set<number>;
  /** Items that are in with type, comment and values. */
  readonly detailed: Set<number>;
  /** Tables with at least a line of their own. */
  readonly open: Set<number>;
  /** Tables of which only the name is in. */
  readonly mentioned: Set<number>;
};

/** Nothing chosen yet. */
export const createChosen = (): Chosen => ({
  named: new Set(),
  detailed: new Set(),
  open: new Set(),
  mentioned: new Set(),
});
