import type * as Plot from "@observablehq/plot";
import type { PointShape } from "../legend.ts";

/** The shape of a dot as plots take it. */
export function symbolOf(shape: PointShape): { symbol: Plot.SymbolType; rotate?: number } {
  return shape === "down" ? { symbol: "triangle", rotate: 180 } : { symbol: shape };
}
