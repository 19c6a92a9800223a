import { table, type Cell } from "../table.ts";
import { identifier } from "../dom.ts";
import { numberAt, textOf } from "../json.ts";
import { numbersOf } from "../measured.ts";
import { metricOf } from "../metrics.ts";
import { used } from "../overview/apart.ts";
import { layersOf } from "./usage.ts";
import type { Run } from "../types.ts";
import type { Kind } from "../written.ts";

const ofTask = /^(.+)OfTask(\d+)$/;

/** One row a run, as Table 1: all numbers of runs of one problem. */
export function results(name: string, runs: readonly Run[]): HTMLElement {
  const columns: [string, (run: Run) => Cell, Kind?][] = [
    ["run", (run) => run.name],
    ["method", (run) => textOf(run.config["method"])],
    ["M", (run) => numberAt(run.config, "modules")],
    ["K", (run) => numberAt(run.config, "parallel")],
    ["seed", (run) => numberAt(run.config, "seed")],
    ["steps", (run) => numberAt(run.metrics.at(-1), "step")],
    ...numbersOf(runs, "test").filter((number) => number !== "logLikelihood" && !ofTask.test(number)).map((number): [string, (run: Run) => Cell, Kind] => [`test ${metricOf(number).words}`, (run) => last(run, `test.${number}`), metricOf(number).kind]),
    ["best test perplexity", (run) => numberAt(run.summary, "best.test")],
    ["best step", (run) => numberAt(run.summary, "best.step")],
    ["train accuracy", (run) => last(run, "train.accuracy"), "share"],
    ["H_a", (run) => last(run, "selectionEntropy")],
    ["H_b", (run) => last(run, "batchSelectionEntropy")],
    ["modules used", modulesUsed],
    ["E-step visits", (run) => last(run, "eStep.visits")],
    ["seconds", (run) => last(run, "seconds") ?? numberAt(run.summary, "wallSeconds"), "seconds"],
    ["state", (run) => run.state],
  ];
  const cells = runs.map((run) => columns.map(([, value]) => value(run)));
  const shown = columns.flatMap((_, i) => (cells.some((row) => row[i] !== undefined && row[i] !== "") ? [i] : []));
  return table(
    identifier("results", name),
    `Results of ${name} (as Table 1)`,
    shown.map((i) => ({ title: columns[i]![0], kind: columns[i]![2] ?? "number" })),
    cells.map((row) => shown.map((i) => row[i])),
  );
}

/** One row a task, where runs have learned several and measured each: what each run came to. */
export function resultsOfTasks(name: string, runs: readonly Run[]): HTMLElement[] {
  const found = numbersOf(runs, "test").flatMap((number) => {
    const [, measure, task] = ofTask.exec(number) ?? [];
    return measure && task ? [{ number, measure, task: Number(task) }] : [];
  });
  const [measures, tasks] = [[...new Set(found.map((one) => one.measure))], [...new Set(found.map((one) => one.task))].sort((a, b) => a - b)];
  if (tasks.length === 0) return [];
  const columns = measures.flatMap((measure) => runs.map((run) => ({ run, measure, title: `${runs.length > 1 ? `${run.name}: ` : ""}test ${metricOf(measure).words}`, kind: metricOf(measure).kind })));
  return [
    table(
      identifier("tasks", name),
      `Results of ${name}, task by task`,
      ["task", ...columns],
      tasks.map((task) => [task, ...columns.map(({ run, measure }) => last(run, `test.${found.find((one) => one.measure === measure && one.task === task)?.number ?? ""}`))]),
    ),
  ];
}

/** The newest number: of the summary, unless the run went on after it, else the last that was measured. */
function last(run: Run, path: string): number | undefined {
  const isOver = (numberAt(run.summary, "steps") ?? -1) >= (numberAt(run.metrics.at(-1), "step") ?? 0);
  const measured = numberAt(run.metrics.findLast((line) => numberAt(line, path) !== undefined), path);
  return isOver ? (numberAt(run.summary, path) ?? measured) : measured;
}

function modulesUsed(run: Run): Cell {
  const counts = layersOf(run).layers.map((layer) => used(layer).length);
  return counts.length === 1 ? counts[0] : counts.join(", ");
}
