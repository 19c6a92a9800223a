import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { sliderIndex, stepSlider } from "../controls.ts";
import { element, identifier } from "../dom.ts";
import { colors } from "../palette.ts";
import type { PointShape } from "../legend.ts";
import { linearAxis } from "./axes.ts";
import { table as dataTable } from "../table.ts";
import type { ModuleMap, Run, Snapshot, Toy } from "../types.ts";

interface ToyPoint {
  panel: string;
  x: number;
  y: number;
  by: string;
}

const panels = ["inputs", "targets", "outputs"];
const margins = { left: 40, top: 30, bottom: 30 };
const panelPadding = 0.1;
const symbols: readonly PointShape[] = ["circle", "triangle", "square", "diamond", "star", "cross"];

/** The toy problem's points, and what the selected modules make of them. */
export function toy(run: Run): HTMLElement[] {
  const problem = run.snapshots[0]?.toy;
  if (!problem) return [];
  const name = identifier("toy", run.name);
  const table = element("div");
  const snapshot = () => run.snapshots[sliderIndex(`${name}-step`, run.snapshots.length)]!;
  const points = () => pointsOf(problem, snapshot());
  // The same colours, shapes and scales at every step.
  const everything = run.snapshots.flatMap((line) => pointsOf(problem, line));
  const makers = [...new Set(everything.map((point) => point.by))].sort();
  const farthest = everything.reduce((most, { x, y }) => Math.max(most, Math.abs(x), Math.abs(y)), 0);
  const showMaps = () => table.replaceChildren(mapsTable(run, problem, snapshot()));
  showMaps();
  const drawing = figure({
    name,
    isWide: true,
    title: `Toy problem of ${run.name} (as Figures 3a and 7)`,
    caption:
      "First panel: inputs that were not trained on. Second: their targets by the true maps R and S. Third: what the modules that the controller " +
      "picks make of the inputs. Once the problem is solved, the third panel is the second, and each module is one map.",
    legend: makers.map((by, i) => ({ name: by, color: colors[i % colors.length]!, symbol: symbolOf(i) })),
    controls: (redraw) => [
      stepSlider(`${name}-step`, run.snapshots.map((line) => line.step), () => {
        redraw();
        showMaps();
      }),
    ],
    height: heightOf,
    draw: (width, height) => draw(width, height, points(), makers, farthest),
    rows: () => points().map((point) => ({ ...point })),
  });
  return [drawing, table];
}

/** Panels are squares, so that both axes have the same scale: a rotation is seen as one only then. */
function heightOf(width: number): number {
  const inside = width - margins.left - marginRight(width);
  const between = panels.length - panelPadding;
  const height = isWide(width) ? (inside / between) * (1 - panelPadding) : (inside * between) / (1 - panelPadding);
  return Math.round(margins.top + height + margins.bottom);
}

/** Panels stand beside one another, or where there is no room for that, below, with their names on the right. */
function isWide(width: number): boolean {
  return width >= 560;
}

function marginRight(width: number): number {
  return isWide(width) ? 16 : 60;
}

function draw(width: number, height: number, points: readonly ToyPoint[], makers: readonly string[], farthest: number): SVGElement {
  const facet = isWide(width) ? { fx: "panel" } : { fy: "panel" };
  const { domain } = linearAxis([-farthest, farthest]);
  return Plot.plot({
    width,
    height,
    marginLeft: margins.left,
    marginRight: marginRight(width),
    marginTop: margins.top,
    marginBottom: margins.bottom,
    inset: 6,
    grid: true,
    x: { label: null, ticks: 4, domain },
    y: { label: null, ticks: 4, domain },
    fx: { label: null, domain: panels, padding: panelPadding },
    fy: { label: null, domain: panels, padding: panelPadding },
    symbol: { domain: makers, range: makers.map((_, i) => symbolOf(i)) },
    color: { domain: makers, range: makers.map((_, i) => colors[i % colors.length]!) },
    marks: [Plot.dot(points, { ...facet, x: "x", y: "y", fill: "by", symbol: "by", r: 3, fillOpacity: 0.85, title: "by" })],
  }) as SVGSVGElement;
}

function symbolOf(maker: number): PointShape {
  return symbols[maker % symbols.length]!;
}

function pointsOf(problem: Toy, snapshot: Snapshot): ToyPoint[] {
  const [inputs, targets, outputs] = panels as [string, string, string];
  return problem.points.flatMap((point, n) => {
    const by = `map ${point.map}`;
    const modules = snapshot.selected?.[n] ?? [];
    const maps = modules.flatMap((module) => snapshot.maps?.[module] ?? []);
    return [
      { panel: inputs, x: point.x[0], y: point.x[1], by },
      { panel: targets, x: point.y[0], y: point.y[1], by },
      ...(maps.length > 0 ? [{ panel: outputs, ...sum(maps, point.x), by: `module ${modules.toSorted((a, b) => a - b).join(" + ")}` }] : []),
    ];
  });
}

/** The outputs of the selected modules are added (Eq. 1). */
function sum(maps: readonly ModuleMap[], point: [number, number]): { x: number; y: number } {
  const outputs = maps.map((map) => apply(map, point));
  return { x: outputs.reduce((total, output) => total + output.x, 0), y: outputs.reduce((total, output) => total + output.y, 0) };
}

function apply({ matrix: [a, b, c, d], bias }: ModuleMap, [x, y]: [number, number]): { x: number; y: number } {
  return { x: a * x + b * y + bias[0], y: c * x + d * y + bias[1] };
}

function mapsTable(run: Run, problem: Toy, snapshot: Snapshot): HTMLElement {
  const row = (name: string, { matrix: [a, b, c, d], bias }: ModuleMap) => [name, a, b, c, d, ...bias];
  return dataTable(
    identifier("maps", run.name),
    `Learned maps of ${run.name} at step ${snapshot.step.toLocaleString("en")}: y = [[a, b], [c, d]] x + (e, f)`,
    ["map", "a", "b", "c", "d", "e", "f"],
    [
      row("true R (rotation)", { matrix: problem.rotation, bias: [0, 0] }),
      row("true S (scaling)", { matrix: problem.scaling, bias: [0, 0] }),
      ...(snapshot.maps ?? []).map((map, i) => row(`module ${i}`, map)),
    ],
  );
}
