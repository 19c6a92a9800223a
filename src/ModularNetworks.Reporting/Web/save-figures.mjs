// Saves figures of a report as SVG files, with the page's own buttons: node save-figures.mjs REPORT FOLDER NAME...
// Uses the Chromium that CHROMIUM names, else the system's.
import { chromium } from "playwright-core";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [report, folder, ...names] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(pathToFileURL(report).href);
for (const name of names) {
  const saved = page.waitForEvent("download");
  await page.locator(`[data-figure="${name}"]`).getByRole("button", { name: / as SVG$/ }).click();
  await (await saved).saveAs(join(folder, `${name}.svg`));
}
await browser.close();
