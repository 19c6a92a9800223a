import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { checkboxes, sliderIndex, stepSlider } from "../controls.ts";
import { identifier } from "../dom.ts";
import { layOut, layOutGroups, type PathLayout } from "./path-layout.ts";
import { named } from "../modules/labels.ts";
import { colors } from "../palette.ts";
import { choice } from "../state.ts";
import type { Run } from "../types.ts";

const mostGroups = 2;
const sideBySide = 560;
const mostWidth = 12;
// Names of columns stand below a drawing, the group's name above it.
const margins = { top: 34, bottom: 40 };
const mostRadius = 14;

/** How groups of datapoints go through the modules, over training. */
export function paths(run: Run): HTMLElement[] {
  const first = run.snapshots[0];
  const columns = first?.columns;
  if (!first || !columns || first.flows.every((flow) => flow.count === 0)) return [];
  const name = identifier("paths", run.name);
  const groups = first.flows.map((flow) => named(flow.group));
  const initial = largest(first.flows.map((flow) => flow.count), mostGroups);
  const modules = first.layers.map((layer) => layer.modules);
  const layouts = () => {
    const snapshot = run.snapshots[sliderIndex(`${name}-step`, run.snapshots.length)]!;
    const flows = choice<readonly number[]>(`${name}-groups`, initial)
      .flatMap((group) => snapshot.flows[group] ?? [])
      .map((flow) => ({ ...flow, group: named(flow.group) }));
    // Where there is only one layer, paths lead to it from the groups.
    return columns.length === 1 ? [layOutGroups(flows, columns[0]!, modules[0]!)] : flows.map((flow) => layOut(flow, columns, modules));
  };
  return [
    figure({
      name,
      isWide: true,
      title: `Paths through the modules of ${run.name} (as Figure 2)`,
      caption:
        (columns.length === 1 ? "Dots on the left are groups, on the right modules" : "Every dot is a module") +
        "; the area of a dot is how often it is used (hollow: never), the width of a line how often one follows the other. Move the slider to see the " +
        "groups over the training.",
      controls: (redraw) => [
        stepSlider(`${name}-step`, run.snapshots.map((snapshot) => snapshot.step), redraw),
        ...(groups.length > 1 ? [checkboxes(`${name}-groups`, `Groups (at most ${mostGroups})`, groups, initial, mostGroups, redraw)] : []),
      ],
      height: (width) => heightOf(width, layouts()),
      draw: (width, height) => draw(width, height, layouts()),
      rows: () => layouts().flatMap((layout) => layout.rows),
    }),
  ];
}

/** Groups stand beside one another, or where there is no room for that, below. */
function heightOf(width: number, layouts: readonly PathLayout[]): number {
  const each = Math.max(150, 26 * Math.min(mostModules(layouts), 20));
  const rows = width >= sideBySide ? 1 : Math.max(1, layouts.length);
  return rows * (margins.top + each + margins.bottom);
}

/** What lies between drawings that stand one below the other, as a part of the distance from one to the next. */
function gapOf(height: number, rows: number): number {
  return rows < 2 ? 0 : (rows * (margins.top + margins.bottom)) / height;
}

function mostModules(layouts: readonly PathLayout[]): number {
  return Math.max(1, ...layouts.flatMap((layout) => layout.nodes).map((node) => node.module + 1));
}

function draw(width: number, height: number, layouts: readonly PathLayout[]): SVGElement {
  const isWide = width >= sideBySide;
  const columns = layouts[0]?.columns ?? [];
  const edges = layouts.flatMap((layout) => layout.edges);
  const widest = Math.max(...edges.map((edge) => edge.share));
  const facet = isWide ? { fx: "group" } : { fy: "group" };
  const nodes = layouts.flatMap((layout) => layout.nodes);
  const modules = mostModules(layouts);
  const isOfGroups = layouts.some((layout) => layout.names.length > 0);
  return Plot.plot({
    width,
    height,
    marginLeft: 44,
    marginRight: isWide ? 30 : 40,
    marginTop: margins.top,
    marginBottom: margins.bottom,
    x: { domain: [-0.15, columns.length - 0.85], axis: null },
    // Where paths lead from groups to modules, the modules stand on the right.
    y: { domain: [modules - 0.4, -0.6], label: "module", axis: isOfGroups ? "right" : "left", tickSize: 0, labelArrow: "none", ticks: modules <= 20 ? modules : 8, tickFormat: "d" },
    fx: { axis: null, padding: layouts.length < 2 ? 0 : 0.15 },
    fy: { axis: null, paddingInner: gapOf(height, layouts.length), paddingOuter: 0 },
    marks: [
      Plot.text(
        layouts.flatMap((layout) => columns.map((column, i) => ({ group: layout.group, column, i }))),
        { ...facet, x: "i", text: (d: { column: string }) => wrapped(d.column), frameAnchor: "bottom", dy: 22, fontSize: 10, lineAnchor: "middle" },
      ),
      Plot.link(edges, {
        ...facet,
        x1: "column",
        x2: (edge: { column: number }) => edge.column + 1,
        y1: "from",
        y2: "to",
        stroke: colors[0],
        strokeOpacity: 0.8,
        strokeWidth: (edge: { share: number }) => (mostWidth * edge.share) / widest,
        curve: "bump-x",
        title: (edge: { group: string; from: number; to: number; count: number }) =>
          `${edge.group}: ${edge.from}, then module ${edge.to}: ${edge.count}`,
      }),
      // Hollow: modules that the group does not use.
      Plot.dot(nodes.filter((node) => node.share === 0), { ...facet, x: "column", y: "module", r: 2, stroke: "currentColor", strokeOpacity: 0.5 }),
      Plot.dot(nodes.filter((node) => node.share > 0), {
        ...facet,
        x: "column",
        y: "module",
        r: (node: { share: number }) => mostRadius * Math.sqrt(node.share),
        fill: colors[1],
        stroke: "currentColor",
        strokeWidth: 0.75,
        title: (node: { group: string; module: number; count: number }) => `${node.group}: module ${node.module}: ${node.count}`,
      }),
      Plot.text(layouts.flatMap((layout) => layout.names), {
        ...facet,
        x: 0,
        y: "module",
        text: "name",
        dy: -18,
        fontSize: 11,
      }),
      Plot.text(
        layouts.map((layout) => ({ group: layout.group })),
        { ...facet, text: "group", frameAnchor: "top", dy: -14, fontWeight: "bold" },
      ),
    ],
    r: { type: "identity" },
  }) as SVGSVGElement;
}

/** The places of the largest numbers. */
function largest(counts: readonly number[], most: number): number[] {
  return counts
    .map((count, place) => ({ count, place }))
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map((entry) => entry.place);
}

function wrapped(name: string): string {
  return name.replace(/(\d)$/, " $1").replaceAll(" ", "\n");
}
