import { choices } from "../choices.ts";
import { layersOf } from "../figures/usage.ts";
import type { LayerUse, Run } from "../types.ts";
import { isBaseline } from "./results.ts";

/** Whether the modules of a run came to do different work. */
export interface Apart {
  word: "yes" | "partly" | "no" | "not measured" | "baseline";
  why: string;
  /** Whether in some layer one module does all. */
  isCollapsed: boolean;
}

// Shares of ln M, the most information that a choice among M modules can have about its input.
const mostlyApart = 0.5;
const partlyApart = 0.2;

// A module counts as used above a tenth of its fair share of the most probable picks.
const shareOfFairShare = 0.1;

export function apartOf(run: Run): Apart {
  if (isBaseline(run)) return { word: "baseline", why: "nothing is chosen", isCollapsed: false };
  const { layers } = layersOf(run);
  if (layers.length === 0) return { word: "not measured", why: "", isCollapsed: false };
  const shares = layers.map((layer) => layer.information / Math.log(choices(run, layer.modules)));
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const collapsed = layers.filter((layer) => used(layer).length === 1).map((layer) => layer.name);
  const word = mean >= mostlyApart ? "yes" : mean >= partlyApart ? "partly" : "no";
  return { word: word === "yes" && collapsed.length > 0 ? "partly" : word, why: reason(run, layers, collapsed), isCollapsed: collapsed.length > 0 };
}

function reason(run: Run, layers: readonly LayerUse[], collapsed: readonly string[]): string {
  if (collapsed.length > 0 && layers.length === 1) return "one module is used for everything";
  if (collapsed.length > 0) return `one module does all in ${collapsed.length} of ${layers.length} layers`;
  const mean = (value: (layer: LayerUse) => number) => layers.reduce((sum, layer) => sum + value(layer) / Math.log(choices(run, layer.modules)), 0) / layers.length;
  const [undecided, even] = [mean((layer) => layer.selectionEntropy), mean((layer) => layer.batchSelectionEntropy)];
  const decision = undecided < 0.2 ? "decided" : undecided < 0.5 ? "mostly decided" : "undecided";
  return `choices ${decision}, use ${even > 0.8 ? "even" : even > 0.5 ? "uneven" : "very uneven"}`;
}

/** The modules of a layer that are used. */
export function used(layer: LayerUse): number[] {
  return layer.usage.flatMap((share, module) => (share > shareOfFairShare / layer.modules ? [module] : []));
}

/** How many modules of each layer are used, of how many. */
export function useOf(run: Run): string {
  if (isBaseline(run)) return "";
  const { layers } = layersOf(run);
  const counts = layers.map((layer) => used(layer).length);
  const sizes = [...new Set(layers.map((layer) => layer.modules))];
  if (counts.length === 0) return "";
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return `${low === high ? low : `${low} to ${high}`} of ${sizes.join(" or ")}`;
}
