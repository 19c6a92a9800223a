import { element } from "./dom.ts";
import type { Style } from "./palette.ts";

/** What lines stand for. */
export function lineLegend(entries: readonly { name: string; style: Style }[]): HTMLElement {
  return legend(entries, ({ style }) => shape("path", { d: "M0 4H28", stroke: style.color, "stroke-width": 3, "stroke-dasharray": style.dash }));
}

/** What dots stand for: the drawing's own symbols are told apart by colour and shape, the legend's by colour and word. */
export function dotLegend(entries: readonly { name: string; color: string }[]): HTMLElement {
  return legend(entries, ({ color }) => shape("circle", { cx: 14, cy: 4, r: 4, fill: color }));
}

function legend<Entry extends { name: string }>(entries: readonly Entry[], sample: (entry: Entry) => SVGElement): HTMLElement {
  return element("ul", { class: "legend" }, ...entries.map((entry) => element("li", {}, picture(sample(entry)), ` ${entry.name}`)));
}

function picture(content: SVGElement): SVGElement {
  const svg = shape("svg", { viewBox: "0 0 28 8", "aria-hidden": "true" });
  svg.append(content);
  return svg;
}

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
