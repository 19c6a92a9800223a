import { element } from "./dom.ts";
import { shape } from "./shape.ts";

/** The shapes of points, as drawings have them. */
export type PointShape = keyof typeof outlines;

const outlines = {
  circle: "M4 0A4 4 0 1 1 -4 0A4 4 0 1 1 4 0Z",
  triangle: "M0 -4.4L4.4 3.4H-4.4Z",
  down: "M0 4.4L4.4 -3.4H-4.4Z",
  square: "M-3.6 -3.6H3.6V3.6H-3.6Z",
  diamond: "M0 -4.8L3.4 0L0 4.8L-3.4 0Z",
  star: "M0 -4.8L1.1 -1.5L4.6 -1.5L1.8 0.6L2.8 3.9L0 1.9L-2.8 3.9L-1.8 0.6L-4.6 -1.5L-1.1 -1.5Z",
  wye: "M-1.2 4.2V0.4L-4.2 -1.4L-3 -3.4L0 -1.6L3 -3.4L4.2 -1.4L1.2 0.4V4.2Z",
  cross: "M-1.4 -4.2H1.4V-1.4H4.2V1.4H1.4V4.2H-1.4V1.4H-4.2V-1.4H-1.4Z",
};

/** What a colour stands for: a line if it has dashes, else a point. */
export interface LegendEntry {
  name: string;
  color: string;
  dash?: string;
  symbol?: PointShape;
}

const sampleWidth = 28;
const mostLetters = 100;

/** What lines and dots stand for. */
export function legend(entries: readonly LegendEntry[]): HTMLElement {
  return element("ul", { class: "legend" }, ...entries.map((entry) => element("li", {}, picture(entry), ` ${entry.name}`)));
}

/** The same inside a drawing that is saved, below it. */
export function drawnLegend(entries: readonly LegendEntry[], top: number, lineHeight: number): SVGElement {
  const group = shape("g", { "text-anchor": "start", "font-size": 11 });
  entries.forEach((entry, i) => {
    const row = shape("g", { transform: `translate(16,${top + i * lineHeight})` });
    const text = shape("text", { x: sampleWidth + 8, y: 8 });
    text.textContent = entry.name.length > mostLetters ? `${entry.name.slice(0, mostLetters)}…` : entry.name;
    row.append(sample(entry), text);
    group.append(row);
  });
  return group;
}

function picture(entry: LegendEntry): SVGElement {
  const svg = shape("svg", { viewBox: `0 0 ${sampleWidth} 10`, "aria-hidden": "true" });
  svg.append(sample(entry));
  return svg;
}

function sample({ color, dash, symbol }: LegendEntry): SVGElement {
  return dash === undefined
    ? shape("path", { d: outlines[symbol ?? "circle"], transform: `translate(${sampleWidth / 2},5)`, fill: color })
    : shape("path", { d: `M0 5H${sampleWidth}`, stroke: color, "stroke-width": 3, "stroke-dasharray": dash });
}
