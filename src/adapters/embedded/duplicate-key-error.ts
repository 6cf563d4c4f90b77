/** What MongoDB answers when an `_id` or a unique key is taken. Stores check its code. */
export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';
  readonly code = 11000;

  constructor(collection: string, index: string) {
    super(`duplicate key in ${collection}, index ${index}`);
  }
}
