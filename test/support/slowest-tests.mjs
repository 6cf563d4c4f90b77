import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const shown = 10;

/** Writes the slowest tests and test files of a run to the file of `SLOWEST_TESTS_FILE`, when that is set. */
export default class SlowestTests {
  onRunComplete(_contexts, { testResults, startTime }) {
    const file = process.env.SLOWEST_TESTS_FILE;
    if (file === undefined) return;
    const tests = testResults.flatMap(({ testFilePath, testResults: cases }) =>
      cases.map(({ fullName, duration }) => [duration ?? 0, `${basename(testFilePath)}: ${fullName}`]),
    );
    const files = testResults.map(({ testFilePath, perfStats }) => [perfStats.runtime, basename(testFilePath)]);
    const whole = ((Date.now() - startTime) / 1000).toFixed(0);
    const lines = [
      `The ${shown} slowest tests (all of them took ${whole} s):`,
      ...slowest(tests),
      `The ${shown} slowest test files, with their set-up:`,
      ...slowest(files),
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
  }
}

const slowest = (timed) =>
  timed
    .sort(([a], [b]) => b - a)
    .slice(0, shown)
    .map(([ms, name]) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`);
