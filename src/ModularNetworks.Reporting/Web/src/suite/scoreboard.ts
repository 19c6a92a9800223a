import * as Plot from "@observablehq/plot";
import { identifier } from "../dom.ts";
import { figure } from "../figure.ts";
import { verdictDots, verdictLegend } from "../figures/verdicts.ts";
import { metricOf } from "../metrics.ts";
import { differenceOf, written } from "../written.ts";
import { equalPrediction, spread, type SuiteRow } from "./rows.ts";

const rowHeight = 26;
const letterWidth = 6.5;
const margins = { right: 12, top: 84, bottom: 8 };
const dense = "dense";

/** Where which method is better than a network without modules: a shape for each task and method. */
export function scoreboard(name: string, table: string, rows: readonly SuiteRow[]): HTMLElement[] {
  const compared = rows.filter((row) => row.table === table && row.method !== dense).map((row) => ({ ...row, tip: tip(row) }));
  if (compared.length === 0) return [];
  const [tasks, methods] = [[...new Set(compared.map((row) => row.task))], [...new Set(compared.map((row) => row.method))]];
  return [
    figure({
      name: identifier("suite", name, table === equalPrediction ? "prediction" : "training"),
      title: `Where methods win and lose, at ${table}`,
      caption:
        "Each row is a task, each column a method; the shape compares the method with dense, a network without modules: better and worse are differences whose 95 % interval does not contain 0. " +
        (table === equalPrediction ? "Dense is so wide that its prediction takes as many operations." : "Methods that are no EM train for as many steps as cost what the training of EM costs."),
      legend: verdictLegend(compared.map((row) => row.verdict)),
      height: () => margins.top + rowHeight * tasks.length + margins.bottom,
      draw: (width, height) =>
        Plot.plot({
          width,
          height,
          marginLeft: Math.min(width / 3, 20 + letterWidth * Math.max(...tasks.map((task) => task.length))),
          marginRight: margins.right,
          marginTop: margins.top,
          marginBottom: margins.bottom,
          x: { type: "band", domain: methods, axis: "top", label: null, tickSize: 0, tickRotate: -90 },
          y: { type: "band", domain: tasks, label: null, tickSize: 0 },
          marks: [
            Plot.ruleY(tasks, { y: (task: string) => task, strokeOpacity: 0.15 }),
            ...verdictDots(compared, { x: "method", y: "task", title: "tip" }),
          ],
        }) as SVGSVGElement,
      rows: () => compared.map(({ task, method, verdict }) => ({ table, task, method, verdict })),
    }),
  ];
}

function tip({ task, method, metric, row }: SuiteRow): string {
  const difference = spread(method, row["differenceToDense"])[0];
  return `${method} on ${task}: ${difference ? `${written(difference.mean, differenceOf(metricOf(metric).kind))} in ${metricOf(metric).words}` : "no difference is known"}`;
}
