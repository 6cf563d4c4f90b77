import config from './jest.config.js';

/** Test files that start databases, a browser, the embedding model or the whole product. */
const withEngines = [
  'app',
  'bad-input',
  'database-files',
  'databases',
  'delivery',
  'demo',
  'embeddings',
  'eval',
  'files',
  'generation',
  'guard',
  'guard-dialects',
  'measures',
  'measures-oracle',
  'memory-chinese',
  'memory-definitions',
  'model-situations',
  'periods',
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
