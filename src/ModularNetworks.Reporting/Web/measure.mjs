// Measures how fast a page opens: node measure.mjs ADDRESS [RUNS], with the number of runs that the list of a board must have.
// Each opening is in a new profile. Uses the Chromium that CHROMIUM names, else the system's.
import { chromium } from "playwright-core";

const [address, runs] = process.argv.slice(2);
const openings = 5;
const complete = runs ? `document.querySelectorAll(".runs li").length >= ${Number(runs)}` : `document.querySelector("main .view:not([hidden])") !== null`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const measured = [];
for (let i = 0; i <= openings; i++) measured.push(await open());
await browser.close();
// The first opening starts the browser's processes, too.
const [, ...counted] = measured;
for (const name of ["first paint", runs ? "list complete" : "page complete"]) {
  const times = counted.map((one) => one[name === "first paint" ? "paint" : "complete"]).sort((a, b) => a - b);
  console.log(`${name}: ${times[openings >> 1]} ms (${times[0]} to ${times.at(-1)})`);
}

/** The milliseconds from the start of the navigation to the first paint, and until the page is painted with all that it begins with. */
async function open() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(`
    const look = () => (document.body && ${complete} ? requestAnimationFrame(() => setTimeout(() => (window.completeAt = performance.now()))) : requestAnimationFrame(look));
    look();`);
  await page.goto(address);
  const times = await page.evaluate(async () => {
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
    while (!(window.completeAt > 0 && painted())) await new Promise((wake) => setTimeout(wake, 10));
    return { paint: Math.round(painted().startTime), complete: Math.round(window.completeAt) };
  });
  await context.close();
  return times;
}
