/** What the worker is started with. */
export type PgliteWorkerData = { readonly name: string; readonly dump: string; readonly searchPath: readonly string[] };
