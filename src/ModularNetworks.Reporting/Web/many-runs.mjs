// Makes many long runs of one: node many-runs.mjs RUN FOLDER RUNS LINES. Each has the configuration of the run with a seed of its own, and so many lines
// of metrics: every tenth as the run measured it, the others as between measurements.
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";

const [run, folder, runs, lines] = process.argv.slice(2);
const linesAtOnce = 1000;
const runsInFolder = 20;
const config = JSON.parse(await readFile(join(run, "config.json"), "utf8"));
const log = (await readFile(join(run, "metrics.jsonl"), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
const measured = log.filter((line) => line.test || line.valid);

for (let i = 0; i < Number(runs); i++) {
  const target = join(folder, `group-${Math.floor(i / runsInFolder)}`, `run-${i}`);
  await mkdir(target, { recursive: true });
  await writeFile(join(target, "config.json"), JSON.stringify({ ...config, seed: i + 1, steps: 10 * Number(lines) }, null, 2));
  for (const file of ["snapshots.jsonl", "inspection.json", "summary.json"]) await cp(join(run, file), join(target, file));
  await writeLines(join(target, "metrics.jsonl"));
}

async function writeLines(file) {
  const stream = createWriteStream(file);
  for (let first = 1; first <= Number(lines); first += linesAtOnce) {
    const count = Math.min(linesAtOnce, Number(lines) - first + 1);
    if (!stream.write(Array.from({ length: count }, (_, i) => `${JSON.stringify(lineOf(first + i))}\n`).join(""))) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "close");
}

function lineOf(number) {
  const line = measured[Math.floor(number / 10) % measured.length];
  const place = { step: 10 * number, seconds: number / 100 };
  return number % 10 === 0 ? { ...line, ...place } : { step: place.step, train: line.train, eStep: line.eStep, seconds: place.seconds };
}
