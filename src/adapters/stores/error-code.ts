/**
 * The `code` of an error: the driver's number, LMDB's, errno, or Node's name such as ENOENT. It checks the shape
 * instead of the class, because an error may come from another realm (native code, a vm context).
 */
export const errorCode = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
