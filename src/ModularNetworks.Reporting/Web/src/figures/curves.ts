import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { checkboxes } from "../controls.ts";
import { choices } from "../choices.ts";
import { measured } from "../measured.ts";
import { styleOf } from "../palette.ts";
import { axisOf, linearAxis, logAxis, stepAxis, vertical, type Axis } from "./axes.ts";
import { curvesOf, type Curve } from "./curve-list.ts";
import { series } from "./series.ts";
import { drawSingle, singleHeight } from "./single.ts";
import { choice } from "../state.ts";
import type { Run } from "../types.ts";
import { written } from "../written.ts";

// The line of the largest entropy has its name above it.
const roomForName = 1.08;

/** The training curves of runs of one experiment, one over the other. */
export function curves(experiment: string, runs: readonly Run[]): HTMLElement[] {
  return curvesOf(experiment, runs).map((curve) => curveFigure(experiment, { ...curve, name: `${experiment}-${curve.name}` }, runs));
}

function curveFigure(experiment: string, curve: Curve, runs: readonly Run[]): HTMLElement {
  const id = `runs-of-${curve.name}`;
  const names = runs.map((run) => run.name);
  const all = names.map((_, i) => i);
  const shown = () => runs.filter((_, i) => runs.length === 1 || choice<number[]>(id, all).includes(i));
  const points = () => shown().flatMap((run) => pointsOf(run, curve));
  return figure({
    name: curve.name,
    title: curve.title,
    caption: curve.caption,
    legend: names.map((name, i) => ({ name, ...styleOf(i) })),
    controls: (redraw) => (runs.length === 1 ? [] : [checkboxes(id, `${experiment} runs`, names, all, names.length, redraw)]),
    height: (width) => (isSingle(points()) ? singleHeight(shown().length) : Math.round(Math.min(320, 140 + width / 4))),
    draw: (width, height) => (isSingle(points()) ? drawNumbers(width, height, curve, runs, points()) : drawCurves(width, height, curve, runs, shown())),
    rows: () => points().map((point) => ({ run: point.run, step: point.step, [curve.path]: point.value })),
  });
}

/** Whether no run measured twice: there is nothing to draw a line through. */
function isSingle(points: readonly Point[]): boolean {
  return new Set(points.map((point) => point.run)).size === points.length && points.length > 0;
}

function drawNumbers(width: number, height: number, curve: Curve, runs: readonly Run[], points: readonly Point[]): SVGElement {
  const colorOf = (name: string) => styleOf(runs.findIndex((run) => run.name === name)).color;
  const numbers = points.map((point) => ({ name: point.run, value: point.value, color: colorOf(point.run) }));
  return drawSingle(width, height, numbers, curve, bounds(curve, runs));
}

function drawCurves(width: number, height: number, curve: Curve, runs: readonly Run[], shown: readonly Run[]): SVGElement {
  const points = shown.flatMap((run) => pointsOf(run, curve));
  const most = curve.hasLargestEntropy ? largestEntropies(shown.filter((run) => pointsOf(run, curve).length > 0)) : [];
  return Plot.plot({
    width,
    height,
    marginLeft: 56,
    marginRight: 28,
    marginTop: 28,
    marginBottom: 40,
    x: stepAxis(width),
    y: vertical(axisFor(curve, runs, points), curve.unit),
    marks: [
      Plot.ruleY(most, { y: "value", strokeOpacity: 0.7, strokeDasharray: "1 3" }),
      ...shown.map((run) => series(pointsOf(run, curve), "value", styleOf(runs.indexOf(run)))),
      // The axis leaves room for the name above the line.
      Plot.text(most, { y: "value", text: "name", frameAnchor: "right", textAnchor: "end", lineAnchor: "bottom", dy: -3, dx: -4, fontSize: 10, stroke: "var(--panel)", fill: "currentColor" }),
      Plot.tip(points, Plot.pointer({ x: "step", y: "value", title: (point: Point) => `${point.run}\nstep ${point.step.toLocaleString("en")}: ${written(point.value, curve.kind ?? "number")}` })),
    ],
  }) as SVGSVGElement;
}

function axisFor(curve: Curve, runs: readonly Run[], points: readonly Point[]): Axis {
  const values = points.map((point) => point.value);
  const axis = curve.isLog ? logAxis(values) : linearAxis(values, bounds(curve, runs));
  return axisOf(curve.kind ?? "number", axis);
}

function bounds(curve: Curve, runs: readonly Run[]): { from?: number; to?: number } {
  if (curve.isEntropy) return { from: 0, to: roomForName * Math.max(0, ...largestEntropies(runs).map((most) => most.value)) };
  return curve.kind === "share" ? { from: 0 } : {};
}

interface Point {
  run: string;
  step: number;
  value: number;
}

function pointsOf(run: Run, curve: Curve): Point[] {
  return measured(run, curve.path).filter(({ value }) => !curve.isLog || value > 0).map((point) => ({ run: run.name, ...point }));
}

/** The most that the entropy of a choice among M modules can be. */
function largestEntropies(runs: readonly Run[]): { name: string; value: number }[] {
  return [...new Set(runs.map((run) => choices(run)))]
    .filter((modules) => modules > 1)
    .map((modules) => ({ name: `ln ${modules}, the largest possible`, value: Math.log(modules) }));
}
