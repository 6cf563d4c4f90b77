import { endWith, exitWith, readCommandLine } from './command-line.ts';
import { didYouMean } from './core/sql/nearest-names.ts';
import { createLogger, loadConfig } from './process.ts';
import { createClosing } from './wiring/closing.ts';
import { jobNames, runJob } from './wiring/run-job.ts';

const usage = `Runs one job now, on the configured store, and prints what it did.

  npm run jobs -- NAME             run it
  npm run jobs -- NAME --dry-run   say what it would do, change nothing

  --dry-run        for the jobs that tidy memories
  --help           this text

Jobs: ${jobNames.join(', ')}
It uses the data folder (DATA_FOLDER), so stop a running Memori first or give it another folder.`;

const { values, positionals } = readCommandLine(usage, { 'dry-run': { type: 'boolean', default: false } }, 1);
const [name] = positionals;
if (name === undefined) endWith(`Name a job: ${jobNames.join(', ')}.`);
if (!jobNames.includes(name))
  endWith(`There is no job “${name}”. ${didYouMean(name, jobNames)} --help lists the jobs.`.replace('  ', ' '));

let closeAll = async (): Promise<void> => undefined;
try {
  const config = loadConfig();
  const logger = createLogger(config);
  const closing = createClosing(logger);
  closeAll = closing.closeAll;
  const dryRun = values['dry-run'];
  const report = await runJob({ name, dryRun, config, logger, closeLater: closing.closeLater });
  process.stdout.write(`${JSON.stringify({ job: name, dryRun, ...report })}\n`);
  await closeAll();
} catch (error) {
  await closeAll();
  exitWith(error);
}
