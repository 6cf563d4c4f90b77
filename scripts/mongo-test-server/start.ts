import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const jars = fileURLToPath(new URL('../../node_modules/.cache/mongo-test-server', import.meta.url));

/** It lives for seconds: what the JVM does for those that live long costs more than it gains. */
const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

export type MongoTestServer = { readonly uri: string; stop(): Promise<void> };

/**
 * Starts mongo-java-server (in memory) on a free port of the loopback interface. Undefined where there is no Java (a JDK), or no
 * Maven to fetch the jars with: the suites then say that they were skipped.
 */
export async function startMongoTestServer(): Promise<MongoTestServer | undefined> {
  if (!runs('javac', '-version') || !fetchJars()) return undefined;
  const port = await freePort();
  const server = spawn('java', [...quickStart, '-cp', `${jars}/*:${compile()}`, 'TestMongo', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (!(await saysReady(server))) return undefined;
  return {
    uri: `mongodb://127.0.0.1:${port}/memori`,
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}

/** Once for each working tree: the cache is under node_modules. Whole or not at all, also when it is interrupted. */
function fetchJars(): boolean {
  if (existsSync(jars)) return true;
  if (!runs('mvn', '-version')) return false;
  const partial = `${jars}.${process.pid}`;
  const goal = ['-q', '-B', '-f', `${here}pom.xml`, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`];
  if (spawnSync('mvn', goal, { stdio: 'ignore', timeout: 120_000 }).status !== 0) return false;
  if (!existsSync(jars)) renameSync(partial, jars);
  return true;
}

/** The folder of the compiled class, once for each text of it: compiling takes longer than starting. */
function compile(): string {
  const source = `${here}TestMongo.java`;
  const classes = `${jars}-${createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12)}`;
  if (existsSync(classes)) return classes;
  const partial = `${classes}.${process.pid}`;
  const { status, stderr } = spawnSync('javac', ['-cp', `${jars}/*`, '-d', partial, source], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`TestMongo.java does not compile: ${stderr}`);
  if (!existsSync(classes)) renameSync(partial, classes);
  return classes;
}

async function saysReady(server: ChildProcess): Promise<boolean> {
  if (!server.stdout) return false;
  const line = once(server.stdout, 'data').then(([data]) => String(data).includes('ready'));
  return Promise.race([line, once(server, 'exit').then(() => false)]);
}

const runs = (command: string, argument: string): boolean =>
  spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}
