import { element } from "./dom.ts";
import { flatten } from "./flatten.ts";
import { drawnLegend, type LegendEntry } from "./legend.ts";
import { onWhite } from "./palette.ts";
import { shape } from "./shape.ts";

const lineHeight = 18;
const titleHeight = 28;
const pixelsOfPicture = 2;

/** Lets the browser save a text as a file. Nothing leaves the machine. */
export function saveText(name: string, type: string, text: string): void {
  save(name, new Blob([text], { type }));
}

/** Lets the browser save a drawing as a picture of twice its size, sharp on paper and on fine screens. */
export async function savePicture(name: string, svg: string): Promise<void> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = element("canvas", { width: picture.naturalWidth * pixelsOfPicture, height: picture.naturalHeight * pixelsOfPicture });
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(name, blob), "image/png");
}

/** A drawing as a file of its own, with its title and legend, dark on white whatever the page looks like. */
export function svgFile(svg: SVGElement, title: string, legend: readonly LegendEntry[]): string {
  const [width, height] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
  const whole = titleHeight + height + legend.length * lineHeight + 8;
  const file = shape("svg", { width, height: whole, viewBox: `0 0 ${width} ${whole}`, "font-family": "Helvetica, Arial, 'DejaVu Sans', sans-serif" });
  const name = shape("title", {});
  name.textContent = title;
  const heading = shape("text", { x: 16, y: 20, "font-size": 14, "font-weight": "bold", fill: "#1b1b1b" });
  heading.textContent = title;
  const drawing = flatten(svg);
  drawing.setAttribute("transform", `translate(0,${titleHeight})`);
  file.append(name, shape("rect", { width, height: whole, fill: "#ffffff" }), heading, drawing);
  file.append(drawnLegend(legend, titleHeight + height, lineHeight));
  return onWhite(new XMLSerializer().serializeToString(file)).replaceAll("currentColor", "#1b1b1b").replaceAll(/var\(--(panel|plot-background)[^)]*\)/g, "#ffffff");
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = element("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
