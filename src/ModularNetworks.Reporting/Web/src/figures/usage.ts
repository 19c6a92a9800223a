import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { identifier } from "../dom.ts";
import { linearAxis, percentTick, stepAxis, vertical } from "./axes.ts";
import { series } from "./series.ts";
import { drawSingle, singleHeight } from "./single.ts";
import { moduleTicks } from "./ticks.ts";
import { table } from "../table.ts";
import { numberAt } from "../json.ts";
import { colors, styleOf } from "../palette.ts";
import type { Json, JsonObject, LayerUse, Run } from "../types.ts";

const sideBySide = 400;

/** How much every module of every layer is used. */
export function usage(run: Run): HTMLElement[] {
  const measured = layersOf(run);
  const { layers } = measured;
  if (layers.length === 0) return [];
  const shares = layers.flatMap((layer) => layer.usage.map((share, module) => ({ layer: layer.name, module, share })));
  const most = Math.max(...layers.map((layer) => layer.modules));
  const axis = linearAxis(shares.map((bar) => bar.share), { from: 0 });
  const bars = figure({
    name: identifier("usage", run.name),
    title: `Use of the modules of ${run.name} at step ${measured.step.toLocaleString("en")}`,
    caption: "Each module's share of the most probable picks on held-out data, layer by layer; the line is an equal share.",
    height: () => heightOfBars(layers.length),
    draw: (width, height) =>
      Plot.plot({
        width,
        height,
        marginLeft: 44,
        marginRight: 16,
        marginTop: 24,
        marginBottom: 36,
        x: { label: "module", labelArrow: "none", labelAnchor: "center", type: "band", ticks: undefined, tickFormat: moduleTicks(most, width - 60) },
        y: { ...vertical(axis, "share"), ticks: [...axis.domain, axis.domain[1] / 2], tickFormat: percentTick },
        fy: { label: null, domain: layers.map((layer) => layer.name), axis: null, padding: 0.35 },
        marks: [
          Plot.barY(shares, { x: "module", y: "share", fy: "layer", fill: colors[0], inset: 0.5, title: (bar: { module: number; share: number }) => `module ${bar.module}: ${percent(bar.share)}` }),
          Plot.ruleY(layers, { y: (layer: LayerUse) => 1 / layer.modules, fy: "name", stroke: colors[1] }),
          Plot.text(layers, { fy: "name", text: "name", frameAnchor: "top-left", dx: 8, dy: -18, fontWeight: "bold" }),
          Plot.ruleY([0]),
        ],
      }) as SVGSVGElement,
    rows: () => shares,
  });
  const table = numbers(run, measured);
  table.classList.add("wide");
  return [bars, ...byLayer(run, layers), table];
}

function numbers(run: Run, { layers, step, split }: Measured): HTMLElement {
  return table(
    identifier("layers", run.name),
    `Layers of ${run.name} at step ${step.toLocaleString("en")}, ${split} data`,
    ["layer", "M", "H_a", "H_b", "I(a; x)", "effective modules", "dead modules", "largest over mean load", "Collapse-Avg", "Collapse-Worst"],
    layers.map((layer) => [
      layer.name,
      layer.modules,
      layer.selectionEntropy,
      layer.batchSelectionEntropy,
      layer.information,
      layer.effectiveModules,
      layer.deadModules.length,
      layer.loadRatio,
      layer.collapseAverage,
      layer.collapseWorst,
    ]),
  );
}

/** A mean over layers can hide one that collapsed. */
function byLayer(run: Run, layers: readonly LayerUse[]): HTMLElement[] {
  if (layers.length < 2) return [];
  const points = run.metrics.flatMap((line) => {
    const step = numberAt(line, "step") ?? 0;
    return uses(line["layers"]).map((layer) => ({ step, layer: layer.name, batchSelectionEntropy: layer.batchSelectionEntropy }));
  });
  if (points.length === 0) return [];
  const names = layers.map((layer) => layer.name);
  const isSingle = new Set(points.map((point) => point.step)).size === 1;
  const numbers = names.flatMap((name, i) => points.filter((point) => point.layer === name).map((point) => ({ name, value: point.batchSelectionEntropy, color: styleOf(i).color })));
  const range = { from: 0, to: Math.log(Math.max(...layers.map((layer) => layer.modules))) };
  return [
    figure({
      name: identifier("layer-entropy", run.name),
      title: `H_b of every layer of ${run.name}`,
      caption: "How evenly each layer uses its modules: a line at 0 is a layer that collapsed onto one module.",
      legend: names.map((name, i) => ({ name, ...styleOf(i) })),
      height: (width) => (isSingle ? singleHeight(names.length) : heightBeside(width, layers.length)),
      draw: (width, height) => (isSingle ? drawSingle(width, height, numbers, { unit: "entropy in nats" }, range) : drawEntropies(width, height, names, points, range)),
      rows: () => points,
    }),
  ];
}

function heightOfBars(layers: number): number {
  return 50 + 90 * layers;
}

/** Where two figures have room side by side, the second is as high as the bars, but for its legend. */
function heightBeside(width: number, layers: number): number {
  return width < sideBySide ? 260 : Math.max(260, Math.min(width, heightOfBars(layers) - 24));
}

interface LayerPoint {
  step: number;
  layer: string;
  batchSelectionEntropy: number;
}

function drawEntropies(width: number, height: number, names: readonly string[], points: readonly LayerPoint[], range: { from: number; to: number }): SVGElement {
  return Plot.plot({
    width,
    height,
    marginLeft: 48,
    marginRight: 28,
    marginTop: 28,
    marginBottom: 40,
    x: stepAxis(width),
    y: vertical(linearAxis(points.map((point) => point.batchSelectionEntropy), range), "entropy in nats"),
    marks: names.map((name, i) => series(points.filter((point) => point.layer === name), "batchSelectionEntropy", styleOf(i))),
  }) as SVGSVGElement;
}

/** What is known about the layers of a run, and where from. */
export interface Measured {
  layers: LayerUse[];
  step: number;
  split: string;
}

/** The newest that is known about the layers: as inspected, unless measured later. */
export function layersOf(run: Run): Measured {
  const measured = run.metrics.findLast((line) => uses(line["layers"]).length > 0 || usesOfEarlierVersion(line).length > 0);
  const step = numberAt(measured, "step") ?? -1;
  const { inspection } = run;
  if (inspection && inspection.step >= step) return { layers: inspection.layers, step: inspection.step, split: inspection.split };
  if (!measured) return { layers: [], step: 0, split: "" };
  const layers = uses(measured["layers"]);
  return { layers: layers.length > 0 ? layers : usesOfEarlierVersion(measured), step, split: measured["valid"] ? "valid" : "test" };
}

/** Earlier versions logged the use of networks with one layer only, not by name. */
function usesOfEarlierVersion(line: JsonObject): LayerUse[] {
  const usage = line["usage"];
  if (!Array.isArray(usage) || usage.length === 0 || !usage.every((share) => typeof share === "number")) return [];
  const [selectionEntropy, batchSelectionEntropy] = [numberAt(line, "selectionEntropy") ?? 0, numberAt(line, "batchSelectionEntropy") ?? 0];
  const deadModules = usage.flatMap((share, module) => (share === 0 ? [module] : []));
  return [
    {
      name: "layer",
      modules: usage.length,
      selectionEntropy,
      batchSelectionEntropy,
      information: batchSelectionEntropy - selectionEntropy,
      effectiveModules: Math.exp(batchSelectionEntropy),
      deadModules,
      loadRatio: Math.max(...usage) * usage.length,
      usage,
    },
  ];
}

function uses(layers: Json | undefined): LayerUse[] {
  return Array.isArray(layers) ? (layers as unknown as LayerUse[]) : [];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
