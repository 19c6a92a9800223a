import * as Plot from "@observablehq/plot";
import { linearAxis, percentTick } from "../figures/axes.ts";
import { within } from "../figures/limits.ts";
import { belowRows, rowsPlot } from "../figures/rows.ts";
import { symbolOf } from "../figures/symbols.ts";
import type { PointShape } from "../legend.ts";

/** The share of a task's gap that a method closes. */
export interface Share {
  task: string;
  method: string;
  mean: number;
  low?: number;
  high?: number;
}

const lineHeight = 16;
const padding = 14;
const top = 12;
// What closes far more than the gap, or is far worse than dense, stands at the edge: such gaps are small.
const [least, most] = [-1, 2];

/** The height of the drawing. */
export function gapHeight(shares: readonly Share[]): number {
  return top + tasksOf(shares).length * (padding + lineHeight * methodsOf(shares).length) + belowRows;
}

/** Tasks one below the other, in each a line for each method. */
export function drawGap(width: number, height: number, shares: readonly Share[], looks: ReadonlyMap<string, { color: string; symbol: PointShape }>): SVGElement {
  const [tasks, methods] = [tasksOf(shares), methodsOf(shares)];
  const shown = shares.map((share) => ({ ...share, ...within(share, [least, most], "share"), tip: tipOf(share), isBeyond: share.mean < least || share.mean > most }));
  const moved = (method: string) => ({ dy: lineHeight * (methods.indexOf(method) - (methods.length - 1) / 2) });
  return rowsPlot({
    ...{ width, height, names: tasks, unit: "share of the gap (right is better)", marginRight: 20, marginTop: top },
    axis: { ...linearAxis([...shown.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]), 0, 1]), tickFormat: percentTick },
    marks: [
      Plot.ruleX([0], { strokeWidth: 1.5 }),
      Plot.ruleX([1], { strokeWidth: 1, strokeDasharray: "4 3" }),
      ...methods.flatMap((method) => {
        const { color, symbol } = looks.get(method)!;
        const own = shown.filter((share) => share.method === method);
        return [
          Plot.ruleY(own.filter((share) => share.low !== undefined), { y: "task", x1: "low", x2: "high", stroke: color, strokeWidth: 2.5, ...moved(method) }),
          Plot.dot(own.filter((share) => !share.isBeyond), { y: "task", x: "mean", fill: color, stroke: "none", ...symbolOf(symbol), r: 4.5, title: "tip", ...moved(method) }),
          Plot.text(own.filter((share) => share.isBeyond), { y: "task", x: "mean", text: ({ mean }: Share) => (mean > 0 ? "▶" : "◀"), fill: color, title: "tip", ...moved(method) }),
        ];
      }),
    ],
  });
}

function tasksOf(shares: readonly Share[]): string[] {
  return [...new Set(shares.map((share) => share.task))];
}

function methodsOf(shares: readonly Share[]): string[] {
  return [...new Set(shares.map((share) => share.method))];
}

function tipOf({ task, method, mean, low, high }: Share): string {
  return `${method} on ${task}: ${percentTick(mean)}${low === undefined || high === undefined ? "" : ` (${percentTick(low)} to ${percentTick(high)})`}`;
}
