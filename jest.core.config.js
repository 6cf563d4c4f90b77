import config from './jest.config.js';

/** Test files that start databases, a browser, the embedding model or the whole product. */
const withEngines = [
  'app',
  'bad-input',
  'database-files',
  'databases',
  'demo',
  'embeddings',
  'eval',
  'generation',
  'guard',
  'guard-dialects',
  'measures',
  'memory-chinese',
  'memory-definitions',
  'playground-browser',
  'saved-queries',
  'shields',
  'store',
];

/** The tests of `npm run check:fast`: all that need no engine. */
export default {
  ...config,
  testPathIgnorePatterns: withEngines.map((name) => `/test/${name}\\.test\\.ts$`),
};
