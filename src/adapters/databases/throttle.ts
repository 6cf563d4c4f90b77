import type { CatalogueProgress } from '../../core/data/database.ts';

/** Milliseconds between two reports. */
const everyMs = 200;

/** Passes on at most five reports a second: nobody reads faster, and each may cross a thread. */
export function throttle(progress: CatalogueProgress | undefined): CatalogueProgress {
  let last = performance.now();
  return (read, of) => {
    const now = performance.now();
    if (progress === undefined || now - last < everyMs) return;
    last = now;
    progress(read, of);
  };
}
