import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { executablePath } from '../../packages/control-ui/test/page/chromium.ts';
import type { Service } from './service.ts';

/** One picture: where to go, and what to do there until it looks as wanted. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  /** Waits for what the picture is about; a state that never comes is told, and ends it with an error. */
  readonly ready: (page: Page) => Promise<unknown>;
  /** Dialogs and logs are seen in the window, not along the whole page. */
  readonly window?: true;
  /** Without a key, as a stranger. */
  readonly stranger?: true;
  /** Only on a screen of this width. */
  readonly only?: 'phone' | 'desk';
}

/** Where pictures are taken, by name. */
export interface Sizes {
  readonly [name: string]: { readonly width: number; readonly height: number };
}
export const everySize: Sizes = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};
/** For the guide: what fits a page of text. */
export const guideSize = { guide: { width: 1280, height: 800 } } as const;

/** What is wanted of the pictures. */
interface Wanted {
  readonly folder: string;
  /** Of those by their name. */
  readonly only: RegExp;
  readonly sizes: Sizes;
}
const themes = ['light', 'dark'] as const;

/** Takes each picture at all widths in both themes. */
export class Camera {
  readonly #browser: Browser;
  readonly #wanted: Wanted;
  readonly taken: string[] = [];
  /** States that never came; the other pictures are taken all the same. */
  readonly missing: string[] = [];

  private constructor(browser: Browser, wanted: Wanted) {
    this.#browser = browser;
    this.#wanted = wanted;
  }

  /** @throws Error without a Chromium. */
  static async open(wanted: Wanted): Promise<Camera> {
    if (executablePath === undefined) {
      throw new Error('There is no Chromium: apt-get install chromium, or CHROMIUM=path.');
    }
    mkdirSync(wanted.folder, { recursive: true });
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    return new Camera(browser, wanted);
  }

  async take(service: Service, shots: readonly Shot[]): Promise<void> {
    const { only, sizes } = this.#wanted;
    const wanted = shots.filter(({ name }) => only.test(name));
    if (wanted.length === 0) return;
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of themes) {
        const phone = size === 'phone' && { isMobile: true, hasTouch: true };
        const context = await this.#browser.newContext({ viewport, colorScheme, ...phone });
        const stranger = await this.#browser.newContext({ viewport, colorScheme, ...phone });
        await signIn(context, service);
        for (const shot of wanted) {
          if (shot.only !== undefined && shot.only !== size) continue;
          await this.#one(shot.stranger ? stranger : context, service, shot, size, colorScheme);
        }
        await context.close();
        await stranger.close();
      }
    }
  }

  async #one(
    context: BrowserContext,
    service: Service,
    shot: Shot,
    size: string,
    scheme: string,
  ): Promise<void> {
    const isForGuide = this.#wanted.sizes === guideSize;
    const width = isForGuide ? '' : `-${this.#wanted.sizes[size]?.width}`;
    const file = join(
      this.#wanted.folder,
      `${shot.name}${width}-${scheme}.${isForGuide ? 'webp' : 'png'}`,
    );
    const page = await context.newPage();
    try {
      await page.goto(`${service.url}${shot.path}`);
      await shot.ready(page);
      if (shot.window !== true && !isForGuide) await asTallAsThePage(page);
      if (isForGuide) await asWebp(page, file);
      else await page.screenshot({ path: file });
      this.taken.push(file);
      process.stdout.write(`${file}\n`);
    } catch (error) {
      this.missing.push(file);
      process.stderr.write(`${file} could not be taken at ${page.url()}: ${String(error)}\n`);
    } finally {
      await page.close();
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** A third of the size of a PNG: the guide's pictures are kept in the repository. */
async function asWebp(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const taken = await session.send('Page.captureScreenshot', { format: 'webp', quality: 75 });
  writeFileSync(file, Buffer.from(taken.data, 'base64'));
}

/** Bars that stay at an edge of the window are then at the edge of the picture. */
async function asTallAsThePage(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? guideSize.guide;
  // What is as tall as the window allows would grow with it.
  await page.evaluate(
    `for (const each of document.querySelectorAll('.ed-box, .tree')) each.style.height = each.offsetHeight + 'px'`,
  );
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
