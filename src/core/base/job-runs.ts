/** One run of a job: which one, and the moment it was due. */
export type JobSlot = { readonly job: string; readonly slot: string };

/** Who runs what: one row for each (job, slot), so that of many instances one does it and another can go on with it. */
export interface JobRuns {
  /**
   * True for the first caller, and for a later one when the lease has run out and the run was not finished. Renews the
   * lease of the owner.
   */
  lease(slot: JobSlot, owner: string, until: Date, now: Date): Promise<boolean>;
  /** How far the run has got: where the next owner goes on. */
  reached(slot: JobSlot, cursor: string): Promise<void>;
  cursor(slot: JobSlot): Promise<string>;
  finish(slot: JobSlot, report: Readonly<Record<string, number>>, now: Date): Promise<void>;
}
