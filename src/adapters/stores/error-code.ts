/**
 * The `code` of an error, whoever made it: the driver's number, LMDB's, errno, or Node's name such as ENOENT. Asked by
 * shape and not by class, because an error may come from another realm (native code, a vm context).
 */
export const errorCode = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
