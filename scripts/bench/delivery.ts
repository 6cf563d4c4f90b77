import { execFileSync } from 'node:child_process';
import { readCommandLine } from '../../src/command-line.ts';
import { repository } from '../../src/repository.ts';
import { startMongoTestServer } from '../mongo-test-server/start.ts';
import { runDelivery } from './delivery/run.ts';

const usage = `Whether a question is ever lost or answered twice: several processes of the product on one MongoDB-compatible
server, killed at random while questions come in, with a fake Slack that redelivers and fails in every way it can.

  npm run bench:delivery                     10,000 questions, 300 kills, about an hour and a half
  npm run bench:delivery -- --quick          240 questions, 12 kills, about two minutes
  npm run bench:delivery -- --seed 7         other moments and other faults
  npm run bench:delivery -- --questions 500 --kills 20 --stops 5 --instances 2
  npm run bench:delivery -- --json           one line of JSON
  npm run bench:delivery -- --logs           keeps the logs of the instances

The server is MONGODB_TEST_URI, or mongo-java-server where Java and Maven are.`;

const { values } = readCommandLine(usage, {
  seed: { type: 'string', default: '1' },
  quick: { type: 'boolean', default: false },
  questions: { type: 'string' },
  kills: { type: 'string' },
  stops: { type: 'string' },
  instances: { type: 'string', default: '3' },
  json: { type: 'boolean', default: false },
  logs: { type: 'boolean', default: false },
});
await run();

/** With the seconds since the start. */
function tell(line: string): void {
  console.log(`${Math.round(performance.now() / 1000)} s  ${line}`);
}

async function run(): Promise<void> {
  const usual = values.quick ? { questions: 240, kills: 12, stops: 3 } : { questions: 10_000, kills: 300, stops: 60 };
  const server = process.env.MONGODB_TEST_URI ? undefined : await startMongoTestServer();
  const mongoUri = process.env.MONGODB_TEST_URI ?? server?.uri;
  if (mongoUri === undefined) {
    console.error('There is no MongoDB-compatible server: set MONGODB_TEST_URI, or install Java and Maven.');
    process.exitCode = 1;
    return;
  }
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: repository });
  try {
    const figures = await runDelivery({
      seed: Number(values.seed),
      questions: Number(values.questions ?? usual.questions),
      kills: Number(values.kills ?? usual.kills),
      stops: Number(values.stops ?? usual.stops),
      instances: Number(values.instances),
      everyMs: 320,
      mongoUri,
      command: ['dist/main.js'],
      keepLogs: values.logs,
      ...(values.json ? {} : { tell }),
    });
    if (values.json) console.log(JSON.stringify({ bench: 'delivery', systems: { ours: figures } }));
    else console.table({ ...figures, met: figures.met.join(' and '), faults: JSON.stringify(figures.faults) });
    if (figures.lost + figures.doubled + figures.stuck > 0) process.exitCode = 1;
  } finally {
    await server?.stop();
  }
}
