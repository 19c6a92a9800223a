import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { colors } from "../palette.ts";
import { short } from "../table.ts";
import { linearAxis } from "./axes.ts";

/** A mean with an interval around it. */
export interface Interval {
  method: string;
  mean: number;
  low: number;
  high: number;
}

const rowHeight = 34;
const letterWidth = 6.5;
const margins = { right: 28, top: 12, bottom: 30 };

/** Means with their intervals, one below the other on the same axis; a line where intervals must not reach. */
export function intervalFigure(name: string, title: string, caption: string, found: readonly Interval[], line?: number): HTMLElement {
  return figure({
    name,
    title,
    caption,
    height: () => margins.top + margins.bottom + rowHeight * found.length,
    draw: (width, height) => draw(width, height, found, line),
    rows: () => found.map(({ method, mean, low, high }) => ({ method, mean, low, high })),
  });
}

function draw(width: number, height: number, found: readonly Interval[], line?: number): SVGElement {
  const ends = found.flatMap((one) => [one.mean, one.low, one.high]);
  const axis = linearAxis(line === undefined ? ends : [...ends, line]);
  return Plot.plot({
    width,
    height,
    marginLeft: Math.min(width / 2.5, 20 + letterWidth * Math.max(...found.map((one) => one.method.length))),
    marginRight: margins.right,
    marginTop: margins.top,
    marginBottom: margins.bottom,
    x: { ...axis, ticks: width < 480 ? [...axis.domain] : axis.ticks, label: null, grid: true },
    y: { label: null, type: "band", domain: found.map((one) => one.method), tickSize: 0, tickFormat: (method: string) => shortened(method, width) },
    marks: [
      line === undefined ? null : Plot.ruleX([line], { strokeWidth: 1.5 }),
      Plot.ruleY(found, { y: "method", x1: "low", x2: "high", stroke: colors[0], strokeWidth: 2.5 }),
      Plot.dot(found, { y: "method", x: "mean", fill: colors[0], r: 4.5, title: tip }),
      Plot.text(found, { y: "method", x: "mean", text: (one: Interval) => short(one.mean), dy: -11, fontWeight: "bold" }),
    ],
  }) as SVGSVGElement;
}

function shortened(method: string, width: number): string {
  const most = Math.floor((width / 2.5 - 20) / letterWidth);
  return method.length > most ? `${method.slice(0, most - 1)}…` : method;
}

function tip({ method, mean, low, high }: Interval): string {
  return `${method}: ${short(mean)} (${short(low)} to ${short(high)})`;
}
