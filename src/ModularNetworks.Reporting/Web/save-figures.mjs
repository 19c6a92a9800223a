// Saves figures of a report as SVG files, with the page's own buttons: node save-figures.mjs REPORT FOLDER NAME[:GROUP,...]=TITLE...
// Each title takes the place of the one that the figure has on the page, and the groups that of those which it shows at first.
// Uses the Chromium that CHROMIUM names, else the system's.
import { chromium } from "playwright-core";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [report, folder, ...figures] = process.argv.slice(2);
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(pathToFileURL(report).href);
for (const figure of figures) {
  const [, name, groups, title] = figure.match(/^([^:=]*):?([^=]*)=(.*)$/s);
  for (const group of groups.split(",").filter(Boolean)) await page.locator(`[data-figure="${name}"] label`, { hasText: group }).evaluate((label) => label.click());
  const saved = page.waitForEvent("download");
  // The figure may stand in a view that is not shown.
  await page.locator(`[data-figure="${name}"] .save button`, { hasText: "SVG" }).evaluate((button) => button.click());
  const file = join(folder, `${name}.svg`);
  await (await saved).saveAs(file);
  const svg = await readFile(file, "utf8");
  const [, before] = svg.match(/<title>([^<]*)<\/title>/);
  await writeFile(file, svg.replaceAll(`>${before}<`, () => `>${escaped(title)}<`));
}
await browser.close();
