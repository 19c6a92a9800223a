import * as Plot from "@observablehq/plot";
import type { LegendEntry, PointShape } from "../legend.ts";
import { colors } from "../palette.ts";
import { symbolOf } from "./symbols.ts";

/** What a method is against the one that it is compared with. */
export type Verdict = "better" | "costlier" | "open" | "worse" | "fault";

interface Look {
  name: string;
  color: string;
  symbol: PointShape;
}

/** Shapes differ too, so that wins and losses are told apart without colours. */
const looks: Record<Verdict, Look> = {
  better: { name: "better", color: colors[2]!, symbol: "triangle" },
  costlier: { name: "better, but with more operations", color: colors[0]!, symbol: "diamond" },
  open: { name: "a difference that may be chance", color: colors[6]!, symbol: "circle" },
  worse: { name: "worse", color: colors[1]!, symbol: "down" },
  fault: { name: "better where nothing can be: unfair", color: colors[3]!, symbol: "star" },
};

/** The colour of a verdict's marks. */
export function colorOf(verdict: Verdict): string {
  return looks[verdict].color;
}

/** What the shapes of some verdicts mean. */
export function verdictLegend(found: readonly Verdict[]): LegendEntry[] {
  return (Object.keys(looks) as Verdict[]).filter((verdict) => found.includes(verdict)).map((verdict) => looks[verdict]);
}

/** A mark for each of some rows, with the shape of its verdict. */
export function verdictDots<Row extends { verdict: Verdict }>(rows: readonly Row[], options: Plot.DotOptions): Plot.Dot[] {
  return [...Map.groupBy(rows, (row) => row.verdict)].map(([verdict, own]) => {
    const { color, symbol } = looks[verdict];
    return Plot.dot(own, { ...options, ...symbolOf(symbol), fill: color, stroke: "none", r: 5 });
  });
}
