/** Something in a file of a source that keeps it from answering as it says. `message` names what is wrong and the fix. */
export type SourceProblem = {
  /** `sources/shop.verified.yaml:12`; undefined where the file is not known. */
  readonly at: string | undefined;
  readonly message: string;
};

/** Where the parts of a source's files are written, as `file:line`. */
export type SourcePlaces = {
  /** `path` within the query of this id. */
  query(id: string, path: readonly (string | number)[]): string | undefined;
  /** `path` within the semantic model. */
  model(path: readonly (string | number)[]): string | undefined;
};
