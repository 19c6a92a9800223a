import { element } from "./dom.ts";
import { shape } from "./shape.ts";

/** What a colour stands for: a line if it has dashes, else a dot. */
export interface LegendEntry {
  name: string;
  color: string;
  dash?: string;
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
  const svg = shape("svg", { viewBox: `0 0 ${sampleWidth} 8`, "aria-hidden": "true" });
  svg.append(sample(entry));
  return svg;
}

function sample({ color, dash }: LegendEntry): SVGElement {
  return dash === undefined
    ? shape("circle", { cx: sampleWidth / 2, cy: 4, r: 4, fill: color })
    : shape("path", { d: `M0 4H${sampleWidth}`, stroke: color, "stroke-width": 3, "stroke-dasharray": dash });
}
