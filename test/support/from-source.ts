/** What Node is started with, at the root of the repository, to run TypeScript. tsx would take longer to start. */
export const fromSource: readonly string[] = ['--import', './scripts/typescript/register.mjs'];
