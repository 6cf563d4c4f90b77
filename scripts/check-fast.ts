import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readCommandLine } from '../src/command-line.ts';

const usage = `What to run before each commit: types, lint, unused code and the tests that need no engine, side by side.

  npm run check:fast`;
readCommandLine(usage, {});

const steps = ['typecheck', 'lint', 'unused', 'test:core'];

/** Silent when it passes; a failure prints what it said. */
async function run(step: string): Promise<boolean> {
  const from = performance.now();
  const child = spawn('npm', ['run', '--silent', step], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) process.stdout.write(Buffer.concat(said));
  console.log(`${step}: ${code === 0 ? 'passed' : 'FAILED'} in ${Math.round((performance.now() - from) / 1000)} s`);
  return code === 0;
}

const passed = await Promise.all(steps.map(run));
process.exit(passed.every(Boolean) ? 0 : 1);
