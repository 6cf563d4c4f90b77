import { startApp } from './app.ts';
import { banner } from './banner.ts';
import { exitWith, readCommandLine } from './command-line.ts';
import { createLogger, loadConfig } from './process.ts';

const usage = `Starts Memori for Slack. Without configuration: a playground in the browser.

  npm start                 start
  npm start -- --reset      forget what happened in the playground, then start
  npm start -- --help       this text

Configuration is read from the environment and .env; docs/configuration.md lists every variable.`;

try {
  const { values } = readCommandLine(usage, { reset: { type: 'boolean', default: false } });
  const config = loadConfig();
  const logger = createLogger(config);
  const memori = await startApp(config, { logger, reset: values.reset, checkSources: true });
  process.stdout.write(banner(memori.url, config, await memori.status()));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      logger.info('Stopping: finishing what runs.', { signal });
      memori.stop().then(() => process.exit(0), exitWith);
    });
} catch (error) {
  exitWith(error);
}
