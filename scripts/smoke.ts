import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandLine } from '../src/command-line.ts';
import type { Bootstrap, PageMessage, ThreadPage } from '../src/playground/page-api.ts';

const usage = `What npm start starts, as a person would use it: open the page, ask, get rows, stop. Exits 1 with the reason.

  npm run build && npm run smoke`;
readCommandLine(usage, {});

const folder = await mkdtemp(join(tmpdir(), 'memori-smoke-'));
const started = Date.now();
const bot = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
  env: { ...process.env, PORT: '0', DATA_FOLDER: folder, NODE_ENV: 'development' },
  stdio: ['ignore', 'pipe', 'inherit'],
});

try {
  const url = await untilUrl();
  const ready = Date.now();
  const page = await fetch(url);
  if (!page.ok || !(await page.text()).includes('<div id="root"')) throw new Error('the page did not come');

  const { people, bot: memori, channels } = await get<Bootstrap>('/playground/bootstrap');
  const me = people[0]?.id ?? '';
  const channel = channels.find(({ name }) => name === 'general')?.id ?? '';
  const sent = await post('/playground/message', { as: me, channel, text: `<@${memori.id}> net revenue by month` });
  const answer = await untilAnswer(me, channel, String(sent.ts));
  console.log(`ready in ${ready - started} ms, first answer ${Date.now() - ready} ms later: ${answer.text}`);

  const health = await fetch(`${url}/health`);
  if (!health.ok) throw new Error(`/health says ${health.status}: ${await health.text()}`);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  if (!metrics.includes('memori_questions_total{status="answered",source="verified"} 1'))
    throw new Error('/metrics did not count the question');

  bot.kill('SIGTERM');
  const [code] = (await once(bot, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`it stopped with exit code ${code}`);
  console.log('smoke: ok');

  async function get<T>(path: string): Promise<T> {
    return (await fetch(url + path)).json() as Promise<T>;
  }
  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
  async function untilAnswer(as: string, channel: string, ts: string): Promise<PageMessage> {
    for (let i = 0; i < 100; i++) {
      const { replies } = await get<ThreadPage>(`/playground/thread?as=${as}&channel=${channel}&ts=${ts}`);
      const answer = replies.find(({ blocks }) => blocks?.some(({ type }) => type === 'data_table'));
      if (answer) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('no answer with rows within ten seconds');
  }
} catch (error) {
  console.error('smoke: failed:', error);
  process.exitCode = 1;
} finally {
  bot.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}

/** The address that the banner prints. */
async function untilUrl(): Promise<string> {
  let text = '';
  for await (const chunk of bot.stdout) {
    text += String(chunk);
    const found = /http:\/\/localhost:\d+/.exec(text);
    if (found) {
      // Whoever reads standard output finds the banner and no log line before it.
      if (!text.startsWith('\nMemori for Slack\n')) throw new Error(`it printed more than its banner:\n${text}`);
      bot.stdout.resume();
      return found[0];
    }
  }
  throw new Error(`it ended without printing its address:\n${text}`);
}
