import { counted } from "../counted.ts";
import { element, identifier } from "../dom.ts";
import { differenceFigure } from "../figures/differences.ts";
import { numberAt, textOf } from "../json.ts";
import { metricOf } from "../metrics.ts";
import { differenceOf, written } from "../written.ts";
import type { Comparison } from "../types.ts";
import { gapClosed } from "./gap.ts";
import { numbers } from "./numbers.ts";
import { equalPrediction, equalTraining, spread, suiteRows, type SuiteRow } from "./rows.ts";
import { scoreboard } from "./scoreboard.ts";

const dense = "dense";
const ofInterest = "em";

/** The tables of the benchmark suite as figures: who wins where, how much of the gap is closed, and each task by itself. */
export function suite({ name, report, names }: Comparison): HTMLElement[] {
  const rows = suiteRows(report);
  const missing = numberAt(report, "missingRuns") ?? 0;
  return [
    element("p", { class: "answer" }, suiteSentence(report)),
    ...(missing > 0 ? [element("p", {}, `Not finished: ${counted(missing, "run is", "runs are")} missing.`)] : []),
    element(
      "div",
      { class: "grid" },
      ...[equalPrediction, equalTraining].flatMap((table) => scoreboard(name, table, rows)),
      ...[equalPrediction, equalTraining].flatMap((table) => gapClosed(name, table, rows)),
    ),
    ...meanings(rows, names),
    element("div", { class: "grid" }, ...[...Map.groupBy(rows, (row) => row.task)].flatMap(([task, own]) => ofTask(name, task, textOf(names?.[task]), own))),
    element("details", {}, element("summary", {}, "All numbers"), numbers(name, rows)),
    element("p", {}, `${textOf(report["command"])}, modnet ${textOf(report["commit"])}.`),
  ];
}

/** What comes out for EM, or without it for the method that wins most often. */
export function suiteSentence(report: Comparison["report"]): string {
  const rows = suiteRows(report).filter((row) => row.table === equalPrediction && row.method !== dense);
  const wins = (method: string) => rows.filter((row) => row.method === method && row.verdict === "better").length;
  const methods = [...new Set(rows.map((row) => row.method))];
  const method = methods.includes(ofInterest) ? ofInterest : methods.toSorted((a, b) => wins(b) - wins(a))[0];
  if (method === undefined) return "There are no results yet.";
  const own = rows.filter((row) => row.method === method);
  const [tasks, controls] = [own.filter((row) => !row.isControl), own.filter((row) => row.isControl)];
  const [won, lost, unfair] = [wins(method), tasks.filter((row) => row.verdict === "worse").length, controls.filter((row) => row.verdict === "fault").length];
  return (
    `At ${equalPrediction}, ${method} is better than a network without modules on ${won} of ${counted(tasks.length, "task")}, and worse on ${lost === 0 ? "none" : lost}.` +
    (controls.length === 0 ? "" : ` On ${counted(controls.length, "control")}, where modules can have no advantage, it is better on ${unfair === 0 ? "none, as it must be" : `${unfair}, so that the comparison is unfair there`}.`)
  );
}

function ofTask(name: string, task: string, meaning: string, rows: readonly SuiteRow[]): HTMLElement[] {
  const { higherIsBetter, isControl } = rows[0]!;
  const { words, kind } = metricOf(rows[0]!.metric);
  const found = rows.flatMap((row) => spread(row.method, row.row["differenceToDense"]).map((one) => ({ ...one, panel: row.table, verdict: row.verdict })));
  if (found.length === 0) return [];
  const own = rows.filter((row) => row.method === dense).map((row) => `${written(numberAt(row.row, "mean") ?? NaN, kind)} at ${row.table}`);
  const itself = own.length === 0 ? "" : ` Dense itself: ${own.join(", ")}.`;
  return [
    differenceFigure({
      name: identifier("suite", name, "task", task),
      title: `${task}: difference to dense${isControl ? " (a control: modules can have no advantage)" : ""}`,
      caption: `${meaning === "" ? "" : `The task: ${meaning}. `}Paired by seed, with the 95 % interval.${itself} An arrow marks what is beyond the axis.`,
      unit: `difference in ${words}`,
      kind: differenceOf(kind),
      found,
      higherIsBetter,
      isWide: true,
    }),
  ];
}

/** What the names of tasks and methods mean. */
function meanings(rows: readonly SuiteRow[], names: Comparison["names"]): HTMLElement[] {
  const meaning = (name: string) => textOf(names?.[name]);
  const shown = [...new Set(rows.flatMap((row) => [row.task, row.method]))].filter((name) => meaning(name) !== "");
  if (shown.length === 0) return [];
  const entries = shown.flatMap((name) => [element("dt", {}, name), element("dd", {}, meaning(name))]);
  return [element("details", {}, element("summary", {}, "What the names of tasks and methods mean"), element("dl", { class: "terms" }, ...entries))];
}
