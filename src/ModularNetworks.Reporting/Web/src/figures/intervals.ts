import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { colors } from "../palette.ts";
import { between, written, type Kind } from "../written.ts";
import { axisOf, linearAxis } from "./axes.ts";
import { belowRows, rowsPlot } from "./rows.ts";

/** A mean with its 95 % interval; without one where there is one number alone. */
export interface Interval {
  method: string;
  mean: number;
  low?: number;
  high?: number;
}

/** What a figure of intervals says. */
export interface IntervalFigure<Row extends Interval> {
  name: string;
  title: string;
  caption: string;
  unit: string;
  kind: Kind;
  found: readonly Row[];
}

/** The room of a row, and what is beside and above the rows. */
export const rowHeight = 34;
export const margins = { right: 28, top: 14 };

/** Means with their intervals, one below the other on the same axis. */
export function intervalFigure({ name, title, caption, unit, kind, found }: IntervalFigure<Interval>): HTMLElement {
  const axis = axisOf(kind, linearAxis(found.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean])));
  return figure({
    name,
    title,
    caption,
    height: () => margins.top + rowHeight * found.length + belowRows,
    draw: (width, height) =>
      rowsPlot({
        ...{ width, height, axis, unit, names: found.map((one) => one.method), marginRight: margins.right, marginTop: margins.top },
        marks: [
          Plot.ruleY(withInterval(found), { y: "method", x1: "low", x2: "high", stroke: colors[0], strokeWidth: 2.5 }),
          Plot.dot(found, { y: "method", x: "mean", fill: colors[0], r: 4.5, title: (one: Interval) => described(one, kind) }),
          Plot.text(found, { y: "method", x: "mean", text: (one: Interval) => written(one.mean, kind), dy: -11, fontWeight: "bold" }),
        ],
      }),
    rows: () => found.map(({ method, mean, low, high }) => ({ method, mean, low, high })),
  });
}

/** The rows that have an interval. */
export function withInterval<Row extends Interval>(found: readonly Row[]): Row[] {
  return found.filter((one) => one.low !== undefined && one.high !== undefined);
}

/** A row in words. */
export function described({ method, mean, low, high }: Interval, kind: Kind): string {
  const ends = between(low, high, kind);
  return `${method}: ${written(mean, kind)}${ends && ` (${ends})`}`;
}
