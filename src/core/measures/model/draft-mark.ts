import { modelExtension, readExtension } from './extension.ts';
import type { OssieModel } from './ossie.ts';

/** Drafted from what the database says of itself, and no person has taken the mark out of the file since. */
export function isDraft(model: OssieModel): boolean {
  const extension = readExtension(modelExtension, model);
  return extension.ok && extension.data?.draft === true;
}

/**
 * A short text that another model does not have: a confirmation is of the file as it was read. Not against people who
 * want two models to look alike: who can write the file can take the mark out of it.
 */
export function fingerprintOf(model: OssieModel): string {
  const text = JSON.stringify(model);
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return [a, b, text.length].map((part) => (part >>> 0).toString(36)).join('-');
}
