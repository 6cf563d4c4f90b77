import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { openHttpServer } from '../src/http/server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'memori-start-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const html = { headers: { accept: 'text/html,*/*' } };

describe('while Memori starts', () => {
  it('the port says so, as a page that reloads itself, as JSON and to a health check, until it is ready', async () => {
    const http = await openHttpServer({ host: '127.0.0.1', port: 0, otherPorts: 0 });
    http.app.get('/', (_request, response) => void response.send('there'));
    http.app.post('/slack/api/auth.test', (_request, response) => void response.json({ ok: true }));
    try {
      const page = await fetch(http.url, html);
      expect(page.status).toBe(503);
      expect(await page.text()).toMatch(/http-equiv="refresh" content="1"[\s\S]*is starting/);
      const bootstrap = await fetch(`${http.url}/playground/bootstrap`);
      expect([bootstrap.status, bootstrap.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await bootstrap.json()).toMatchObject({ ok: false, error: 'starting' });
      expect(await (await fetch(`${http.url}/health`)).json()).toEqual({ status: 'starting' });
      expect((await fetch(`${http.url}/slack/api/auth.test`, { method: 'POST' })).status).toBe(200);
      http.ready();
      expect(await (await fetch(http.url, html)).text()).toBe('there');
    } finally {
      await http.close();
    }
  });

  it('every request is told so, and none meets a missing page, up to the first that is served', async () => {
    const port = await freePort();
    const config = readConfig({ DATA_FOLDER: newFolder(), PORT: String(port) });
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    let isStarted = false;
    const starting = startApp(config, { logger: silent }).finally(() => {
      isStarted = true;
    });
    const statuses = new Set<number>();
    while (!isStarted) {
      const answer = await fetch(`http://127.0.0.1:${port}/playground/bootstrap`).catch(() => undefined);
      if (answer) statuses.add(answer.status);
      await answer?.arrayBuffer();
      await setTimeout(50);
    }
    const memori = await starting;
    statuses.add((await fetch(`${memori.url}/playground/bootstrap`)).status);
    await memori.stop();
    expect([...statuses]).toEqual([503, 200]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('npm start', () => {
  const builder = join(root, 'scripts/build-when-stale.mjs');

  it('builds when there is no build and when a source is newer, and not again', () => {
    const folder = newFolder();
    const write = (path: string, text: string) => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    // As tsc and vite do: the first leaves alone what is the same, the second always writes.
    const steps = [
      "const fs = require('fs')",
      "fs.appendFileSync('builds', '.')",
      "fs.mkdirSync('dist/playground-web', { recursive: true })",
      "if (!fs.existsSync('dist/main.js')) fs.writeFileSync('dist/main.js', '')",
      "fs.writeFileSync('dist/playground-web/index.html', '')",
    ];
    write('package.json', JSON.stringify({ scripts: { build: 'node build.js' } }));
    write('build.js', steps.join(';'));
    write('src/deep/part.ts', '');
    const start = () => {
      const { status } = spawnSync(process.execPath, [builder], { cwd: folder });
      return [status, readFileSync(join(folder, 'builds'), 'utf8').length];
    };
    const touch = (path: string, at: Date) => utimesSync(join(folder, path), at, at);
    const earlier = new Date(Date.now() - 60_000);
    expect(start()).toEqual([0, 1]);
    expect(start()).toEqual([0, 1]);
    for (const built of ['dist/main.js', 'dist/playground-web/index.html']) touch(built, earlier);
    expect(start()).toEqual([0, 2]);
    expect(start()).toEqual([0, 2]);
    write('build.js', 'process.exit(3)');
    rmSync(join(folder, 'dist/main.js'));
    expect(start()[0]).toBe(3);
  });
});
