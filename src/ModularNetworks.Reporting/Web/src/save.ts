import { drawnLegend, type LegendEntry } from "./legend.ts";
import { shape } from "./shape.ts";

const lineHeight = 18;
const titleHeight = 24;

/** Lets the browser save a text as a file. Nothing leaves the machine. */
export function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A drawing as a file of its own, with its title and legend, dark on white whatever the page looks like. */
export function svgFile(svg: SVGElement, title: string, legend: readonly LegendEntry[]): string {
  const [width, height] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
  const whole = titleHeight + height + legend.length * lineHeight + 8;
  const file = shape("svg", {
    width,
    height: whole,
    viewBox: `0 0 ${width} ${whole}`,
    "font-family": "system-ui, sans-serif",
    style: "color: #1b1b1b; background: #ffffff",
  });
  const name = shape("title", {});
  name.textContent = title;
  const heading = shape("text", { x: 16, y: 18, "font-size": 14, "font-weight": "bold" });
  heading.textContent = title;
  const drawing = svg.cloneNode(true) as SVGElement;
  drawing.setAttribute("y", String(titleHeight));
  file.append(name, shape("rect", { width, height: whole, fill: "#ffffff" }), heading, drawing);
  file.append(drawnLegend(legend, titleHeight + height, lineHeight));
  return new XMLSerializer().serializeToString(file);
}
