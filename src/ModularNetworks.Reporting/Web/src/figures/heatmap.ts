import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { select, sliderIndex, stepSlider } from "../controls.ts";
import { identifier } from "../dom.ts";
import { choice } from "../state.ts";
import { probabilities, scaleHeight, withScale } from "./color-scale.ts";
import { moduleTicks } from "./ticks.ts";
import type { Run, Snapshot } from "../types.ts";

interface Cell {
  step: number;
  row: number;
  label: string;
  module: number;
  probability: number;
}

const times = 4;
const numbers = ["", "one", "two", "three", "four"];
const rowHeight = 14;
// Two figures of this width have room side by side, and the same rows.
const sideBySide = 400;
const marginWithoutNames = 28;
const margins = { top: 6 + scaleHeight, bottom: 36 };
const overTimeMargins = { top: 8 + scaleHeight, bottom: 36 };

/** The controllers' distributions over a fixed batch: at one time, and at four times over the training. */
export function heatmaps(run: Run): HTMLElement[] {
  const names = run.snapshots[0]?.rows;
  if (!names || run.snapshots.length === 0) return [];
  return [atOneTime(run, names), overTime(run, names)];
}

function atOneTime(run: Run, names: readonly string[]): HTMLElement {
  const name = identifier("controller", run.name);
  const snapshot = () => run.snapshots[sliderIndex(`${name}-step`, run.snapshots.length)]!;
  const cells = () => cellsOf(snapshot(), names, chosen(run, name));
  const left = (width: number) => (areNamed(names) ? marginLeft(width) : marginWithoutNames);
  return figure({
    name,
    title: `Controller of ${run.name} at a step (as Figure 5)`,
    caption: `The probability of each module for each datapoint of a fixed batch of held-out data.${isInFamilies(run) ? " Each choice begins with modules of its own, and may come to the others." : ""}`,
    controls: (redraw) => [
      stepSlider(`${name}-step`, run.snapshots.map((snapshot) => snapshot.step), redraw),
      ...placeControls(run, name, redraw),
    ],
    height: () => margins.top + rowHeight * (names.length + 1) + margins.bottom,
    draw: (width, height) =>
      withScale(Plot.plot({
        width,
        height,
        marginLeft: left(width),
        marginTop: margins.top,
        marginBottom: margins.bottom,
        x: { label: "module", labelAnchor: "center", labelArrow: "none", type: "band", padding: 0.02, tickFormat: moduleTicks(modulesOf(run, name), width - left(width) - 20) },
        y: { type: "band", padding: 0.02, ...rowsOf(snapshot().rows ?? names) },
        color: probabilities,
        marks: [Plot.cell(cells(), { x: "module", y: "row", fill: "probability", title: describe, inset: 0.25 }), frame()],
      }) as SVGSVGElement, left(width)),
    rows: () => cells().map((cell) => ({ ...cell })),
  });
}

function overTime(run: Run, names: readonly string[]): HTMLElement {
  const name = identifier("controller-over-time", run.name);
  const last = run.snapshots.length - 1;
  // Whole pixels, so that no lines appear between the cells.
  const cellHeight = (width: number) => (width < sideBySide ? Math.max(3, Math.round(200 / names.length)) : rowHeight);
  const shown = [...new Set(Array.from({ length: times }, (_, i) => Math.round((i * last) / (times - 1))))];
  const cells = () => shown.flatMap((i) => cellsOf(run.snapshots[i]!, names, chosen(run, name)));
  return figure({
    name,
    title: `Controller of ${run.name} over training (as Figure 5)`,
    caption: `The probabilities at ${shown.length === 1 ? "one time" : `${numbers[shown.length] ?? shown.length} times, from the start on the left to the end on the right`}.`,
    controls: (redraw) => placeControls(run, name, redraw),
    height: (width) => overTimeMargins.top + cellHeight(width) * names.length + overTimeMargins.bottom,
    draw: (width, height) =>
      withScale(Plot.plot({
        width,
        height,
        marginLeft: 8,
        marginRight: 8,
        marginTop: overTimeMargins.top,
        marginBottom: overTimeMargins.bottom,
        x: { axis: null, type: "band", padding: 0.02 },
        y: { axis: null, type: "band", padding: 0 },
        fx: { label: "training step", labelAnchor: "center", labelArrow: "none", tickFormat: (step: number) => step.toLocaleString("en"), padding: 0.08 },
        color: probabilities,
        marks: [Plot.cell(cells(), { x: "module", y: "row", fx: "step", fill: "probability", title: describe }), frame()],
      }) as SVGSVGElement, 8),
    rows: () => cells().map((cell) => ({ ...cell })),
  });
}

function isInFamilies(run: Run): boolean {
  return run.config["families"] === true && run.snapshots[0]!.layers.some((layer) => layer.picks > 1);
}

/** Whether rows have names; one that all of them have tells nothing. */
function areNamed(names: readonly string[]): boolean {
  return new Set(names).size > 1;
}

/** The names of the rows, or what all of them are. */
function rowsOf(names: readonly string[]): Plot.ScaleOptions {
  return areNamed(names)
    ? { label: null, tickFormat: (row: number) => shortened(names[row] ?? "") }
    : { label: "datapoints", labelArrow: "none", labelAnchor: "center", ticks: [] };
}

/** Dark cells would not be seen on a dark page. */
function frame(): Plot.Frame {
  return Plot.frame({ strokeOpacity: 0.5 });
}

function placeControls(run: Run, name: string, redraw: () => void): HTMLElement[] {
  const layers = run.snapshots[0]!.layers;
  const picks = Math.max(...layers.map((layer) => layer.picks));
  return [
    ...(layers.length > 1 ? [select(`${name}-layer`, "Layer", layers.map((layer) => layer.name), redraw)] : []),
    ...(picks > 1 ? [select(`${name}-pick`, "Choice", Array.from({ length: picks }, (_, k) => `${k + 1} of ${picks}`), redraw)] : []),
  ];
}

function chosen(run: Run, name: string): { layer: number; pick: number } {
  const layer = Math.min(choice(`${name}-layer`, 0), run.snapshots[0]!.layers.length - 1);
  return { layer, pick: Math.min(choice(`${name}-pick`, 0), run.snapshots[0]!.layers[layer]!.picks - 1) };
}

function cellsOf(snapshot: Snapshot, names: readonly string[], place: { layer: number; pick: number }): Cell[] {
  const rows = snapshot.layers[place.layer]?.probabilities ?? [];
  // Lines after the first name their rows only where an earlier version may have written others.
  const labels = snapshot.rows ?? names;
  return rows.flatMap((picks, row) =>
    (picks[place.pick] ?? []).map((probability, module) => ({
      step: snapshot.step,
      row,
      label: labels[row] ?? "",
      module,
      probability,
    })),
  );
}

function modulesOf(run: Run, name: string): number {
  return run.snapshots[0]!.layers[chosen(run, name).layer]!.modules;
}

/** The names of the rows stand there. */
function marginLeft(width: number): number {
  return Math.min(120, width / 3);
}

function describe(cell: Cell): string {
  return `${cell.label}: module ${cell.module} at step ${cell.step} with ${cell.probability}`;
}

function shortened(name: string): string {
  return name.length > 16 ? `${name.slice(0, 15)}…` : name;
}
