import * as Plot from "@observablehq/plot";
import type { Style } from "../palette.ts";

/** A series of numbers over the steps of training. Of a single point there is no line to be seen, so few points have dots. */
export function series(points: readonly object[], y: string, { color, dash }: Style): Plot.Line {
  return Plot.lineY(points, { x: "step", y, stroke: color, strokeDasharray: dash, strokeWidth: 1.75, marker: points.length < 3 ? "dot" : undefined });
}
