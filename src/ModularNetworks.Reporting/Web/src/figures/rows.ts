import * as Plot from "@observablehq/plot";
import type { Axis } from "./axes.ts";

/** A plot whose rows have names, and numbers on one axis below all of them. */
export interface RowsPlot {
  width: number;
  height: number;
  /** The names of the rows, from the top. */
  names: readonly string[];
  axis: Axis;
  /** What the numbers are. */
  unit: string;
  marginRight: number;
  marginTop: number;
  /** Whether numbers grow to the left. */
  isReversed?: boolean;
  marks: Plot.Markish[];
  more?: Plot.PlotOptions;
}

const letterWidth = 6.5;
const gap = 16;
const largestShare = 0.4;

/** The room below the rows. */
export const belowRows = 40;

/** Draws it. */
export function rowsPlot({ width, height, names, axis, unit, marginRight, marginTop, isReversed, marks, more }: RowsPlot): SVGElement {
  const [first, last] = axis.domain;
  return Plot.plot({
    width,
    height,
    marginLeft: Math.min(width * largestShare, gap + letterWidth * Math.max(...names.map((name) => name.length))),
    marginRight,
    marginTop,
    marginBottom: belowRows,
    x: { ...axis, ticks: width < 480 ? [first, last] : axis.ticks, reverse: isReversed, label: unit, labelAnchor: "center", labelArrow: "none", grid: true },
    y: { label: null, type: "band", domain: names, tickSize: 0, tickFormat: (name: string) => shortened(name, width) },
    marks,
    ...more,
  }) as SVGSVGElement;
}

function shortened(name: string, width: number): string {
  const most = Math.floor((width * largestShare - gap) / letterWidth);
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
