import * as Plot from "@observablehq/plot";
import { axisOf, linearAxis } from "./axes.ts";
import { belowRows, rowsPlot } from "./rows.ts";
import { written, type Kind } from "../written.ts";

/** The only number that a run measured. */
export interface SinglePoint {
  name: string;
  value: number;
  color: string;
}

const rowHeight = 30;
const margins = { top: 8, right: 64 };

/** The height of a drawing of single numbers. */
export function singleHeight(points: number): number {
  return margins.top + rowHeight * points + belowRows;
}

/** Runs that measured once have no curves: each number is a dot on one axis, with its value. */
export function drawSingle(width: number, height: number, points: readonly SinglePoint[], { unit, kind = "number" }: { unit: string; kind?: Kind }, bounds: { from?: number; to?: number }): SVGElement {
  const axis = linearAxis(points.map((point) => point.value), bounds);
  return rowsPlot({
    width,
    height,
    names: points.map((point) => point.name),
    axis: axisOf(kind, axis),
    unit,
    marginRight: margins.right,
    marginTop: margins.top,
    marks: [
      Plot.dot(points, { x: "value", y: "name", fill: "color", r: 5 }),
      Plot.text(points, { x: "value", y: "name", text: (point: SinglePoint) => written(point.value, kind), dx: 10, textAnchor: "start", fontWeight: "bold" }),
    ],
  });
}
