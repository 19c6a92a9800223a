import { breakable, element } from "../dom.ts";
import { fit } from "../fit.ts";
import { numberAt, textOf } from "../json.ts";
import { short } from "../written.ts";
import type { JsonObject, Run } from "../types.ts";

/** What the summary says of where a run was trained, and how long it took. */
const environment: [string, (summary: JsonObject) => string][] = [
  ["modnet", (summary) => textOf(summary["version"])],
  ["vectors of the processor", (summary) => textOf(summary["simd"])],
  ["threads used", (summary) => textOf(summary["threads"])],
  ["peak memory", (summary) => measuredIn(summary, "peakResidentBytes", bytesOfMiB, "MiB")],
  ["time", (summary) => measuredIn(summary, "wallSeconds", 1, "s")],
];
const bytesOfMiB = 2 ** 20;

interface Row {
  name: string;
  values: string[];
}

/** Every option of runs of one problem, and where they ran: first what differs, then, folded, what all have alike. */
export function configuration(runs: readonly Run[]): HTMLElement[] {
  const options = names(runs.map((run) => Object.keys(run.config)));
  const rows = [
    ...options.map((name) => ({ name, values: runs.map((run) => textOf(run.config[name])) })),
    ...environment.map(([name, read]) => ({ name, values: runs.map((run) => (run.summary ? read(run.summary) : "")) })),
  ];
  if (runs.length === 1) return [listed(rows)];
  const differing = rows.filter(({ values }) => new Set(values).size > 1);
  const alike = rows.filter(({ values }) => new Set(values).size === 1 && values[0] !== "");
  return [
    differing.length === 0 ? element("p", {}, "All options are the same.") : compared(runs, differing),
    element("details", { class: "alike" }, element("summary", {}, `The same in all ${runs.length} runs: ${alike.length} options`), listed(alike)),
  ];
}

/** The options in which runs differ, without where they ran. */
export function differences(runs: readonly Run[]): HTMLElement[] {
  const rows = names(runs.map((run) => Object.keys(run.config)))
    .map((name) => ({ name, values: runs.map((run) => textOf(run.config[name])) }))
    .filter(({ values }) => new Set(values).size > 1);
  return rows.length === 0 ? [] : [element("h3", {}, "What differs"), compared(runs, rows)];
}

function compared(runs: readonly Run[], rows: readonly Row[]): HTMLElement {
  const head = element("tr", {}, ...["option", ...runs.map((run) => run.name)].map((title) => element("th", { scope: "col" }, title)));
  const body = rows.map(({ name, values }) =>
    element("tr", { class: "differs" }, element("th", { scope: "row" }, `${name} ≠`), ...values.map((value, i) => element("td", { "data-title": runs[i]!.name }, ...breakable(value)))),
  );
  return fit(element("table", { class: "configuration" }, element("thead", {}, head), element("tbody", {}, ...body)));
}

function listed(rows: readonly Row[]): HTMLElement {
  const shown = rows.filter(({ values }) => values[0] !== "");
  return element("dl", { class: "options" }, ...shown.map(({ name, values }) => element("div", {}, element("dt", {}, name), element("dd", {}, ...breakable(values[0]!)))));
}

function measuredIn(summary: JsonObject, name: string, unit: number, word: string): string {
  const value = numberAt(summary, name);
  return value === undefined ? "" : `${short(Math.round(value / unit))} ${word}`;
}

function names(lists: readonly string[][]): string[] {
  return [...new Set(lists.flat())];
}
