import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { sliderIndex, stepSlider } from "../controls.ts";
import { element, identifier } from "../dom.ts";
import { colors } from "../palette.ts";
import type { ModuleMap, Run, Snapshot, Toy } from "../types.ts";

interface ToyPoint {
  panel: string;
  x: number;
  y: number;
  by: string;
}

const panels = ["inputs x", "targets y", "outputs"];
const symbols = ["circle", "cross", "triangle", "square", "star", "diamond"] as const;

/** The toy problem's points, and what the selected modules make of them. */
export function toy(run: Run): HTMLElement[] {
  const problem = run.snapshots[0]?.toy;
  if (!problem) return [];
  const name = identifier("toy", run.name);
  const table = element("div", { class: "maps" });
  const snapshot = () => run.snapshots[sliderIndex(`${name}-step`, run.snapshots.length)]!;
  const points = () => pointsOf(problem, snapshot());
  const showMaps = () => table.replaceChildren(mapsTable(problem, snapshot()));
  showMaps();
  const drawing = figure({
    name,
    isWide: true,
    title: `Toy problem of ${run.name} (as Figures 3a and 7)`,
    caption:
      "Held-out inputs (left), their targets by the true maps R and S (middle), and what the modules that the controller " +
      "picks make of the inputs (right): once the problem is solved, the right is the middle, a module a map.",
    legend: makers(points()).map((name, i) => ({ name, color: colors[i % colors.length]! })),
    controls: (redraw) => [
      stepSlider(`${name}-step`, run.snapshots.map((line) => line.step), () => {
        redraw();
        showMaps();
      }),
    ],
    draw: (width) => draw(width, points()),
    rows: () => points().map((point) => ({ ...point })),
  });
  return [drawing, element("section", { class: "beside" }, element("h3", {}, `Learned maps of ${run.name}`), table)];
}

function draw(width: number, points: readonly ToyPoint[]): SVGElement {
  const isWide = width >= 560;
  const facet = isWide ? { fx: "panel" } : { fy: "panel" };
  const range = makers(points);
  return Plot.plot({
    width,
    height: isWide ? Math.round(width / 3) + 50 : width * 2,
    marginLeft: 40,
    marginRight: isWide ? 16 : 60,
    grid: true,
    x: { label: null, ticks: 4 },
    y: { label: null, ticks: 4 },
    fx: { label: null, domain: panels },
    fy: { label: null, domain: panels },
    symbol: { domain: range, range: range.map((_, i) => symbols[i % symbols.length]!) },
    color: { domain: range, range: range.map((_, i) => colors[i % colors.length]!) },
    marks: [Plot.dot(points, { ...facet, x: "x", y: "y", stroke: "by", symbol: "by", r: 2.5, title: "by" })],
  }) as SVGSVGElement;
}

/** What made the points: maps and modules. */
function makers(points: readonly ToyPoint[]): string[] {
  return [...new Set(points.map((point) => point.by))].sort();
}

function pointsOf(problem: Toy, snapshot: Snapshot): ToyPoint[] {
  const [inputs, targets, outputs] = panels as [string, string, string];
  return problem.points.flatMap((point, n) => {
    const by = `map ${point.map}`;
    const module = snapshot.selected?.[n];
    const map = module === undefined ? undefined : snapshot.maps?.[module];
    return [
      { panel: inputs, x: point.x[0], y: point.x[1], by },
      { panel: targets, x: point.y[0], y: point.y[1], by },
      ...(map ? [{ panel: outputs, ...apply(map, point.x), by: `module ${module}` }] : []),
    ];
  });
}

function apply({ matrix: [a, b, c, d], bias }: ModuleMap, [x, y]: [number, number]): { x: number; y: number } {
  return { x: a * x + b * y + bias[0], y: c * x + d * y + bias[1] };
}

function mapsTable(problem: Toy, snapshot: Snapshot): HTMLElement {
  const rows: [string, readonly number[], readonly number[]][] = [
    ["true R (rotation)", problem.rotation, [0, 0]],
    ["true S (scaling)", problem.scaling, [0, 0]],
    ...(snapshot.maps ?? []).map((map, i): [string, readonly number[], readonly number[]] => [
      `module ${i} at step ${snapshot.step.toLocaleString("en")}`,
      map.matrix,
      map.bias,
    ]),
  ];
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...["map", "first row", "second row", "bias"].map((title) => element("th", { scope: "col" }, title)))),
    element(
      "tbody",
      {},
      ...rows.map(([title, matrix, bias]) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, title),
          ...[matrix.slice(0, 2), matrix.slice(2), bias].map((numbers) => element("td", {}, numbers.map((n) => n.toFixed(3)).join("  "))),
        ),
      ),
    ),
  );
}
