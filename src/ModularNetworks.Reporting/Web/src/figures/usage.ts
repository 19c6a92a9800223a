import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { identifier } from "../dom.ts";
import { colors } from "../palette.ts";
import { table } from "../table.ts";
import { numberAt } from "../json.ts";
import { styleOf } from "../palette.ts";
import type { Json, LayerUse, Run } from "../types.ts";

/** How much every module of every layer is used. */
export function usage(run: Run): HTMLElement[] {
  const layers = layersOf(run);
  if (layers.length === 0) return [];
  const shares = layers.flatMap((layer) => layer.usage.map((share, module) => ({ layer: layer.name, module, share })));
  const most = Math.max(...layers.map((layer) => layer.modules));
  const bars = figure({
    name: identifier("usage", run.name),
    title: `Use of the modules of ${run.name}`,
    caption: "Each module's share of the most probable picks on held-out data, layer by layer; the line is an equal share.",
    draw: (width) =>
      Plot.plot({
        width,
        height: 50 + 90 * layers.length,
        marginLeft: 44,
        marginRight: 16,
        marginTop: 24,
        x: { label: "module", type: "band", ticks: undefined, tickFormat: (module: number) => (module % Math.ceil((most * 22) / width) === 0 ? `${module}` : "") },
        y: { label: "share", ticks: 3, tickFormat: "%", grid: true },
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
  return [bars, numbers(run, layers), ...byLayer(run, layers)];
}

function numbers(run: Run, layers: readonly LayerUse[]): HTMLElement {
  return table(
    identifier("layers", run.name),
    `Layers of ${run.name}`,
    ["layer", "M", "H_a", "H_b", "I(a; x)", "effective modules", "dead modules", "largest over mean load"],
    layers.map((layer) => [
      layer.name,
      layer.modules,
      layer.selectionEntropy,
      layer.batchSelectionEntropy,
      layer.information,
      layer.effectiveModules,
      layer.deadModules.length,
      layer.loadRatio,
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
  return [
    figure({
      name: identifier("layer-entropy", run.name),
      title: `H_b of every layer of ${run.name}`,
      caption: "How evenly each layer uses its modules: a line at 0 is a layer that collapsed onto one module.",
      legend: names.map((name, i) => ({ name, ...styleOf(i) })),
      draw: (width) =>
        Plot.plot({
          width,
          height: 260,
          marginLeft: 48,
          marginRight: 16,
          x: { label: "step", ticks: Math.max(2, Math.floor(width / 130)), tickFormat: "~s" },
          y: { label: "nats", grid: true, zero: true, ticks: 5 },
          marks: names.map((name, i) => {
            const own = points.filter((point) => point.layer === name);
            const style = styleOf(i);
            return Plot.lineY(own, { x: "step", y: "batchSelectionEntropy", stroke: style.color, strokeDasharray: style.dash, strokeWidth: 1.75 });
          }),
        }) as SVGSVGElement,
      rows: () => points,
    }),
  ];
}

/** The layers at the end: as inspected, else as measured last. */
export function layersOf(run: Run): LayerUse[] {
  if (run.inspection) return run.inspection.layers;
  for (const line of run.metrics.toReversed()) {
    const found = uses(line["layers"]);
    if (found.length > 0) return found;
  }
  return [];
}

function uses(layers: Json | undefined): LayerUse[] {
  return Array.isArray(layers) ? (layers as unknown as LayerUse[]) : [];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
