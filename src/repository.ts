import { fileURLToPath } from 'node:url';

/** The repository, from `src/` and from `dist/` alike: bundled model, demo and page live there. */
export const repository = fileURLToPath(new URL('..', import.meta.url));
