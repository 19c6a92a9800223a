import * as Plot from "@observablehq/plot";
import { linearAxis, percentTick } from "./axes.ts";
import { short } from "../table.ts";

/** The only number that a run measured. */
export interface SinglePoint {
  name: string;
  value: number;
  color: string;
}

const rowHeight = 30;
const margins = { top: 8, bottom: 40, right: 64 };
const letterWidth = 6.5;

/** The height of a drawing of single numbers. */
export function singleHeight(points: number): number {
  return margins.top + rowHeight * points + margins.bottom;
}

/** Runs that measured once have no curves: each number is a dot on one axis, with its value. */
export function drawSingle(width: number, height: number, points: readonly SinglePoint[], unit: string, bounds: { from?: number; to?: number }): SVGElement {
  const isShare = unit === "share";
  const text = (value: number) => (isShare ? percentTick(value) : short(value));
  const axis = linearAxis(points.map((point) => point.value), bounds);
  return Plot.plot({
    width,
    height,
    marginLeft: Math.min(width / 3, 16 + letterWidth * Math.max(...points.map((point) => point.name.length))),
    marginRight: margins.right,
    marginTop: margins.top,
    marginBottom: margins.bottom,
    x: { ...axis, ticks: width < 420 ? [axis.domain[0], axis.domain[1]] : axis.ticks, ...(isShare ? { tickFormat: percentTick } : {}), label: unit, labelAnchor: "center", labelArrow: "none", grid: true },
    y: { label: null, type: "band", domain: points.map((point) => point.name), tickSize: 0 },
    marks: [
      Plot.dot(points, { x: "value", y: "name", fill: "color", r: 5 }),
      Plot.text(points, { x: "value", y: "name", text: (point: SinglePoint) => text(point.value), dx: 10, textAnchor: "start", fontWeight: "bold" }),
    ],
  }) as SVGSVGElement;
}
