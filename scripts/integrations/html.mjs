// Opens pages in a headless browser, light and dark, wide and narrow: no error on the console, nothing that axe objects
// to, nothing wider than the window; each becomes a picture and a PDF to look at.
// usage: node html.mjs BROWSER FOLDER PAGE…
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(join(process.env.NODE_TOOLS, 'package.json'));
const puppeteer = require('puppeteer-core');
const axe = require.resolve('axe-core/axe.min.js');

const [browserPath, folder, ...pages] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--force-device-scale-factor=1'],
});
let failures = 0;
const fail = (text) => {
  failures += 1;
  console.log(`FAILED  ${text}`);
};

for (const path of pages) {
  const name = basename(path, '.html');
  for (const scheme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      const label = `${name}, ${scheme}, ${width} pixels`;
      const page = await browser.newPage();
      page.on('console', (message) => message.type() === 'error' && fail(`${label}: console: ${message.text()}`));
      page.on('pageerror', (error) => fail(`${label}: ${error.message}`));
      page.on('request', (request) => !request.url().startsWith('file:') && fail(`${label}: asks for ${request.url()}`));
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.setBypassCSP(true); // for axe, which the page would not let in
      await page.goto(`file://${resolve(path)}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (overflow > 0) fail(`${label}: ${overflow} pixels wider than the window`);
      await page.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`), fullPage: true });
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const one of violations) {
        fail(`${label}: axe: ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' / ')}`);
      }
      await page.close();
    }
  }
  // The page itself keeps its policy: nothing runs in it, and it prints.
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(`file://${resolve(path)}`);
  const pdf = await page.pdf({ path: join(folder, `${name}.pdf`), format: 'A4', printBackground: true });
  if (pdf.length < 10000) fail(`${name}: the PDF is nearly empty`);
  await page.close();
  console.log(`ok      ${name}: seen light and dark, wide and narrow, and printed`);
}
await browser.close();
process.exit(failures === 0 ? 0 : 1);
