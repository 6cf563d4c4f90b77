import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const known = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium of this machine, if there is one. */
export const chromiumPath = known.find((path) => path !== undefined && existsSync(path));

/** Builds the page as `npm run build` does (for production, although a test runs); about a second. */
export function buildPage(): void {
  const env = { ...process.env, NODE_ENV: 'production' };
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'];
  execFileSync(process.execPath, vite, { stdio: 'inherit', env });
}

export type BrowserPages = {
  /** A page of its own profile. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** Errors of all pages so far: uncaught ones, and what the Content-Security-Policy refused. */
  readonly errors: readonly string[];
  close(): Promise<void>;
};

/** Starts Chromium without a window. */
export async function openBrowser(): Promise<BrowserPages> {
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath ?? '',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  });
  const errors: string[] = [];
  return {
    errors,
    open: async (url, options) => {
      const page = await (await browser.newContext(options)).newPage();
      page.setDefaultTimeout(60_000);
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          errors.push(message.text());
      });
      await page.goto(url);
      await page.getByRole('main').waitFor();
      return page;
    },
    close: () => browser.close(),
  };
}
