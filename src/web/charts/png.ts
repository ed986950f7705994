// A drawing as PNG: an installed browser draws it, without scripts and without a network. One at a time; the browser ends after each.
import { findBrowser, launchBrowser } from '../../../crawlers/index.js';

/** Pixels for each unit of the drawing. */
const density = 2;

let last: Promise<unknown> = Promise.resolve();

/**
 * Draws an SVG.
 * @returns null where this machine has no browser
 * @throws where the browser does not start
 */
export async function pngOf(svg: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const path = await findBrowser();
  if (path === null) return null;
  const drawn = last.then(() => draw(path, svg));
  last = drawn.catch(() => {});
  return drawn;
}

async function draw(path: string, svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const browser = await launchBrowser(path);
  try {
    const [width, height] = sizeOf(svg);
    const context = await browser.newContext({
      javaScriptEnabled: false,
      offline: true,
      deviceScaleFactor: density,
      viewport: { width, height },
    });
    const page = await context.newPage();
    await page.goto(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
    return new Uint8Array(await page.screenshot({ type: 'png' }));
  } finally {
    await browser.close();
  }
}

/** Width and height that the drawing states. */
function sizeOf(svg: string): [number, number] {
  const head = svg.slice(0, svg.indexOf('>'));
  const size = (name: string): number => Math.ceil(Number(new RegExp(`\\s${name}="([\\d.]+)"`).exec(head)?.[1] ?? 600));
  return [size('width'), size('height')];
}
