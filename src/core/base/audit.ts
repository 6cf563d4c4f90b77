/** One line of the audit log: who did what, where, with which result. Ids and codes, never texts or rows. */
export type AuditEntry = {
  readonly at: Date;
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  readonly action: string;
  /** What it was done to: a question id, a memory id, a data source. */
  readonly target: string;
  readonly result: string;
};

/** Appends to the workspace's hash chain: each entry carries the hash of the one before. */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** Walks the chain: the number of entries, and the sequence number of the first that was tampered with. */
  verify(team: string): Promise<{ readonly entries: number; readonly brokenAt: number | undefined }>;
}
