/** One run of a job: which one, and the moment it was due. */
export type JobSlot = { readonly job: string; readonly slot: string };

/** Records which instance runs a job, one row for each (job, slot): one instance works, and another can continue it. */
export interface JobRuns {
  /**
   * True for the first caller, and for a later one when the lease has run out and the run was not finished. Renews the
   * lease of the owner.
   */
  lease(slot: JobSlot, owner: string, until: Date, now: Date): Promise<boolean>;
  /** Saves how far the run has got, which is where the next owner continues. */
  saveCursor(slot: JobSlot, cursor: string): Promise<void>;
  /** The last saved cursor; empty for a run that has saved none. */
  cursor(slot: JobSlot): Promise<string>;
  /** Ends the run. `report` holds counts, kept for the operator to look at. */
  finish(slot: JobSlot, report: Readonly<Record<string, number>>, now: Date): Promise<void>;
}
