import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Instance = {
  readonly name: string;
  readonly url: string;
  /** Whether `/health` has answered 200 since the start. */
  isReady: boolean;
  readonly pid: () => number | undefined;
  /** Ends it with this signal and starts it again. Resolves when it has ended. */
  restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  stop(): Promise<void>;
};

export type InstanceOptions = {
  readonly name: string;
  /** How the product is started: the arguments of `node`. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly onReady?: () => void;
};

/** One process of the product, on a port of its own, started again whenever it is ended. */
export async function startInstance({ name, command, env, folder, onReady }: InstanceOptions): Promise<Instance> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' });
  let child: ChildProcess | undefined;
  let isStopping = false;

  function start(): void {
    const started = spawn(process.execPath, command, {
      env: { ...process.env, ...env, PORT: String(port), DATA_FOLDER: join(folder, name) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.stdout.pipe(log, { end: false });
    started.stderr.pipe(log, { end: false });
    child = started;
    void untilReady(started);
  }

  async function untilReady(started: ChildProcess): Promise<void> {
    while (child === started && started.exitCode === null && started.signalCode === null) {
      const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      if (answer?.ok) {
        if (child !== started) return;
        instance.isReady = true;
        return onReady?.();
      }
      await sleep(100);
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    instance.isReady = false;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
  }

  const instance: Instance = {
    name,
    url,
    isReady: false,
    pid: () => child?.pid,
    async restart(signal) {
      await end(signal);
      if (!isStopping) start();
    },
    async stop() {
      isStopping = true;
      await end('SIGKILL');
      log.end();
    },
  };
  start();
  return instance;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
