import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { executablePath } from '../../packages/control-ui/test/page/chromium.ts';
import type { Service } from './service.ts';

/** One picture: where to go, and what to do there until it looks as wanted. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  /** Waits for what the picture is about; a state that never comes is an error. */
  readonly ready: (page: Page) => Promise<unknown>;
  /** Dialogs and logs are seen in the window, not along the whole page. */
  readonly window?: true;
  /** Without a key, as a stranger. */
  readonly stranger?: true;
  /** Only on a screen of this width. */
  readonly only?: 'phone' | 'desk';
}

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const themes = ['light', 'dark'] as const;

/** Takes each picture at both widths in both themes. */
export class Camera {
  readonly #browser: Browser;
  readonly #folder: string;
  readonly #only: RegExp;
  readonly taken: string[] = [];

  private constructor(browser: Browser, folder: string, only: RegExp) {
    this.#browser = browser;
    this.#folder = folder;
    this.#only = only;
  }

  /** @throws Error without a Chromium. */
  static async open(folder: string, only: RegExp): Promise<Camera> {
    if (executablePath === undefined) {
      throw new Error('There is no Chromium: apt-get install chromium, or CHROMIUM=path.');
    }
    mkdirSync(folder, { recursive: true });
    return new Camera(
      await chromium.launch({ executablePath, args: ['--no-sandbox'] }),
      folder,
      only,
    );
  }

  async take(service: Service, shots: readonly Shot[]): Promise<void> {
    const wanted = shots.filter(({ name }) => this.#only.test(name));
    if (wanted.length === 0) return;
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of themes) {
        const phone = size === 'phone' && { isMobile: true, hasTouch: true };
        const context = await this.#browser.newContext({ viewport, colorScheme, ...phone });
        const stranger = await this.#browser.newContext({ viewport, colorScheme, ...phone });
        await signIn(context, service);
        for (const shot of wanted) {
          if (shot.only !== undefined && shot.only !== size) continue;
          const file = join(this.#folder, `${shot.name}-${viewport.width}-${colorScheme}.png`);
          await this.#one(shot.stranger ? stranger : context, service, shot, file);
        }
        await context.close();
        await stranger.close();
      }
    }
  }

  async #one(context: BrowserContext, service: Service, shot: Shot, file: string): Promise<void> {
    const page = await context.newPage();
    try {
      await page.goto(`${service.url}${shot.path}`);
      await shot.ready(page);
      if (shot.window !== true) await asTallAsThePage(page);
      await page.screenshot({ path: file });
      this.taken.push(file);
      process.stdout.write(`${file}\n`);
    } catch (error) {
      throw new Error(`${file} could not be taken at ${page.url()}`, { cause: error });
    } finally {
      await page.close();
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Bars that stay at an edge of the window are then at the edge of the picture. */
async function asTallAsThePage(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? sizes.desk;
  const needed: number = await page.evaluate('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.max(height, needed) });
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
}

async function signIn(context: BrowserContext, service: Service): Promise<void> {
  const page = await context.newPage();
  await page.goto(service.url);
  await page.getByLabel('Key').fill(service.key);
  await page.getByRole('button', { name: 'Open the panel' }).click();
  await page.locator('.shell, .stepper').first().waitFor();
  await page.close();
}
