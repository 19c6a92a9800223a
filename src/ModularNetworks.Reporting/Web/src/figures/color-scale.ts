import * as Plot from "@observablehq/plot";
import { shape } from "../shape.ts";
import { probabilityScheme } from "../palette.ts";

const steps = 25;
const barWidth = 125;
const barHeight = 10;
const labelWidth = 76;

/** The room that a scale takes above a drawing. */
export const scaleHeight = 26;

/** The colours of probabilities. */
export const probabilities = { type: "linear", scheme: probabilityScheme, domain: [0, 1] } as const;

/** Draws the scale of probabilities above a drawing that has left room for it: small boxes, which every program draws alike. */
export function withScale(drawing: SVGElement, left: number): SVGElement {
  const color = Plot.scale({ color: probabilities })!;
  const group = shape("g", { class: "color-scale", transform: `translate(${left},4)`, "font-size": 10, fill: "currentColor" });
  group.append(label(0, "start", "probability"), label(labelWidth - 5, "end", "0"));
  for (let i = 0; i < steps; i++) {
    const width = barWidth / steps;
    // Half a pixel more, so that no gaps are seen between them.
    group.append(shape("rect", { x: labelWidth + i * width, y: 0, width: width + (i < steps - 1 ? 0.5 : 0), height: barHeight, fill: String(color.apply((i + 0.5) / steps)) }));
  }
  group.append(label(labelWidth + barWidth + 5, "start", "1"));
  drawing.append(group);
  return drawing;
}

function label(x: number, anchor: string, text: string): SVGElement {
  const made = shape("text", { x, y: barHeight - 1, "text-anchor": anchor });
  made.textContent = text;
  return made;
}
