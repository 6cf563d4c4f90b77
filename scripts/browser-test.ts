import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandLine } from '../src/command-line.ts';
import { chromiumPath, openBrowser } from '../test/support/browser-page.ts';
import { startMemori } from './browser/running-memori.ts';
import { createSlackPage } from './browser/slack-page.ts';
import { steps, type Walk } from './browser/walk.ts';

const usage = `The built product in a real browser, as a newcomer would try it. Uses the Chromium of CHROMIUM_PATH or of the system; says
so and passes when there is none.

  npm run build && npm run test:browser`;
readCommandLine(usage, {});

if (chromiumPath === undefined) {
  console.log('skipped: no chromium (set CHROMIUM_PATH)');
  process.exit(0);
}

const folder = await mkdtemp(join(tmpdir(), 'memori-browser-'));
const memori = await startMemori(folder);
const browser = await openBrowser();
let failed = 0;
try {
  const page = await browser.open(memori.url, { viewport: { width: 1280, height: 860 } });
  const walk: Walk = { browser, folder, memori, desk: createSlackPage(page) };
  for (const [name, run] of steps) {
    const from = performance.now();
    const error = await run(walk).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    console.log(`${error === undefined ? '✓' : '✗'} ${name} (${Math.round(performance.now() - from)} ms)`);
    if (error === undefined) continue;
    failed += 1;
    const picture = join(tmpdir(), `memori-browser-failure-${failed}.png`);
    await page.screenshot({ path: picture });
    console.log(`  ${error instanceof Error ? error.message : String(error)}\n  picture: ${picture}`);
    await page.keyboard.press('Escape');
  }
  await walk.memori.stop();
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
