import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A Memori of its own, as `npm start` starts it. */
export type RunningMemori = {
  readonly url: string;
  /** Ends it as Ctrl+C does. Gives the exit code. */
  stop(): Promise<number | null>;
};

/** Everything that could connect it to the world outside stays away, so that it is the one of a newcomer. */
const newcomer = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(PATH|HOME|TMPDIR|LANG)$/.test(name)),
);

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * Starts the built product in a folder, so that no `.env` of a developer is read; a free port unless one is named. Errors: when it ends before it printed its
 * address, with what it said.
 */
export async function startMemori(folder: string, port = '0'): Promise<RunningMemori> {
  await mkdir(folder, { recursive: true });
  const bot = spawn(process.execPath, ['--enable-source-maps', main], {
    cwd: folder,
    env: { ...newcomer, PORT: port, DATA_FOLDER: './data', NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => void bot.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  bot.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  for await (const chunk of bot.stdout) {
    said += String(chunk);
    const url = /http:\/\/localhost:\d+/.exec(said)?.[0];
    if (url === undefined) continue;
    bot.stdout.resume();
    return {
      url,
      async stop() {
        bot.kill('SIGTERM');
        const [code] = (await once(bot, 'exit')) as [number | null];
        process.removeListener('exit', kill);
        return code;
      },
    };
  }
  throw new Error(`Memori ended before it was ready:\n${said}`);
}
