import * as Plot from "@observablehq/plot";
import { figure } from "../figure.ts";
import { axisOf, linearAxis } from "./axes.ts";
import { described, margins, rowHeight, withInterval, type Interval, type IntervalFigure } from "./intervals.ts";
import { limitsOf, within } from "./limits.ts";
import { belowRows, rowsPlot } from "./rows.ts";
import { colorOf, verdictDots, verdictLegend, type Verdict } from "./verdicts.ts";

/** A difference, or another number that is better on one side of a line. */
export interface Difference extends Interval {
  /** What is known of it; else the interval tells. */
  verdict?: Verdict;
  /** What it has in common with others that stand beside each other; panels have one axis. */
  panel?: string;
}

export interface DifferenceFigure extends IntervalFigure<Difference> {
  higherIsBetter: boolean;
  isWide?: boolean;
}

interface Panels {
  names: readonly string[];
  areBeside: boolean;
}

const titleHeight = 24;
const leastWidth = 340;
const none = 0;

/** Differences with their intervals, and the line where there is none. Right is better, and each is marked by what it is. */
export function differenceFigure(parts: DifferenceFigure): HTMLElement {
  const found = parts.found.map((one) => ({ ...one, verdict: one.verdict ?? verdictOf(one, parts.higherIsBetter) }));
  const rows = rowHeight * namesOf(found).length;
  return figure({
    ...parts,
    legend: verdictLegend(found.map((one) => one.verdict)),
    height: (width) => {
      const { names, areBeside } = panelsOf(found, width);
      return belowRows + margins.top + (names.length < 2 ? rows : areBeside ? titleHeight + rows : names.length * (titleHeight + rows));
    },
    draw: (width, height) => draw(width, height, parts, found),
    rows: () => found.map(({ panel, method, mean, low, high, verdict }) => ({ ...(panel ? { panel } : {}), method, mean, low, high, verdict })),
  });
}

function draw(width: number, height: number, { unit, kind, higherIsBetter }: DifferenceFigure, found: readonly (Difference & { verdict: Verdict })[]): SVGElement {
  const limits = limitsOf(found, higherIsBetter);
  const panels = panelsOf(found, width);
  const facet = facetOf(panels);
  const shown = found.map((one) => ({ ...one, ...within(one, limits, kind), tip: described(one, kind) }));
  return rowsPlot({
    ...{ width, height, names: namesOf(found), unit: `${unit}${kind === "points" ? " in points" : ""} (right is better)`, isReversed: !higherIsBetter, marginRight: margins.right },
    axis: axisOf(kind, linearAxis([...limits, none])),
    marginTop: margins.top + (panels.names.length > 1 ? titleHeight : 0),
    marks: [
      Plot.ruleX([none], { strokeWidth: 1.5 }),
      ...shown.map((one) => Plot.ruleY(withInterval([one]), { ...facet, y: "method", x1: "low", x2: "high", stroke: colorOf(one.verdict), strokeWidth: 2.5 })),
      ...verdictDots(shown, { ...facet, y: "method", x: "mean", title: "tip" }),
      Plot.text(shown, { ...facet, y: "method", x: "mean", text: "text", dy: -11, fontWeight: "bold" }),
      Plot.text(panels.names.map((panel) => ({ panel })), { ...facet, text: "panel", frameAnchor: "top-left", dy: -18, fontWeight: "bold" }),
    ],
    more: panels.names.length < 2 ? {} : { fx: { axis: null, padding: 0.14 }, fy: { axis: null, padding: 0.1 } },
  });
}

function facetOf({ names, areBeside }: Panels): { fx?: string; fy?: string } {
  if (names.length < 2) return {};
  return areBeside ? { fx: "panel" } : { fy: "panel" };
}

/** A difference whose interval does not touch the line is more than chance. */
function verdictOf({ low, high }: Interval, higherIsBetter: boolean): Verdict {
  if (low === undefined || high === undefined || (low <= none && high >= none)) return "open";
  return low > none === higherIsBetter ? "better" : "worse";
}

function namesOf(found: readonly Interval[]): string[] {
  return [...new Set(found.map((one) => one.method))];
}

function panelsOf(found: readonly Difference[], width: number): Panels {
  const names = [...new Set(found.flatMap((one) => one.panel ?? []))];
  return { names: names.length < 2 ? [] : names, areBeside: width >= names.length * leastWidth };
}
