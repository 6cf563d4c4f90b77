import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  globalSetup: '<rootDir>/test/support/servers/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/servers/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/support/slowest-tests.mjs'],
  testSequencer: '<rootDir>/test/support/slowest-first.mjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // A busy machine is no failure; what hangs still ends.
  testTimeout: 120_000,
  // One more than there are cores: tests wait for servers, workers and timeouts while others compute.
  maxWorkers: availableParallelism() + 1,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};
