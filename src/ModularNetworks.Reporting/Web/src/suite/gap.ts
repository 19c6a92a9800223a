import { identifier } from "../dom.ts";
import { figure } from "../figure.ts";
import { checkboxes } from "../controls.ts";
import { drawGap, gapHeight, type Share } from "./draw-gap.ts";
import { equalPrediction, spread, type SuiteRow } from "./rows.ts";
import { choice } from "../state.ts";
import { colors } from "../palette.ts";
import type { PointShape } from "../legend.ts";

const mostAtOnce = 3;
const shapes: readonly PointShape[] = ["circle", "triangle", "square", "diamond", "star", "cross", "down", "wye"];
const firstShown = ["em", "top2"];

/** How much of what a network of many times the operations is better, methods reach without these. */
export function gapClosed(name: string, table: string, rows: readonly SuiteRow[]): HTMLElement[] {
  const shares = rows
    .filter((row) => row.table === table)
    .flatMap((row) => spread(row.method, row.row["gapClosed"]).map((one) => ({ ...one, task: row.task })));
  if (shares.length === 0) return [];
  const id = identifier("suite", name, "gap", table === equalPrediction ? "prediction" : "training");
  const methods = [...new Set(shares.map((share) => share.method))];
  const looks = new Map(methods.map((method, i) => [method, { color: colors[i % colors.length]!, symbol: shapes[i % shapes.length]! }]));
  const initial = initially(methods);
  const shown = () => choice<readonly number[]>(`${id}-methods`, initial).flatMap((i) => shares.filter((share) => share.method === methods[i]));
  return [
    figure({
      name: id,
      title: `Share of the gap that is closed, at ${table}`,
      caption:
        "0 % is dense, 100 % is dense-wide, which has many times the operations. The mean over the seeds with its 95 % interval. Tasks on which dense-wide is not better with each seed have no gap. " +
        "An arrow marks what is beyond the axis.",
      controls: (redraw) => [checkboxes(`${id}-methods`, `Methods (at most ${mostAtOnce})`, methods, initial, mostAtOnce, redraw)],
      legend: methods.map((method) => ({ name: method, ...looks.get(method)! })),
      height: () => gapHeight(shown()),
      draw: (width, height) => drawGap(width, height, shown(), looks),
      rows: () => shares.map(({ task, method, mean, low, high }: Share) => ({ table, task, method, mean, low, high })),
    }),
  ];
}

function initially(methods: readonly string[]): number[] {
  const wanted = firstShown.map((method) => methods.indexOf(method)).filter((place) => place >= 0);
  return wanted.length > 0 ? wanted : [0];
}
