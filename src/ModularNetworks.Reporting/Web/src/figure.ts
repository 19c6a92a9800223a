import { csv, type Row } from "./csv.ts";
import { element, identifier } from "./dom.ts";
import { legend, type LegendEntry } from "./legend.ts";
import { savePicture, saveText, svgFile } from "./save.ts";
import { explained, explainedTitle } from "./terms/explain.ts";

export interface FigureParts {
  /** Stands in ids and file names. */
  name: string;
  title: string;
  /** Whether it takes the whole width of the page. */
  isWide?: boolean;
  /** How to read it, in a sentence. */
  caption: string;
  /** Sliders and the like, above the drawing. */
  controls?: (redraw: () => void) => HTMLElement[];
  /** What the lines or dots stand for. */
  legend?: readonly LegendEntry[];
  /** The drawing's height at a width, in pixels: the room that it is given before it is drawn. */
  height: (width: number) => number;
  /** Draws at a width and the height that belongs to it. */
  draw: (width: number, height: number) => SVGElement;
  /** What is drawn, as a table. */
  rows: () => Row[];
}

const narrowest = 260;
const fileWidth = 800;
const redraws = new Map<HTMLElement, () => void>();
const heights = new Map<HTMLElement, (width: number) => number>();
const lastDrawn = new Map<string, SVGElement>();

// Drawings follow the width of what holds them.
const widths = new ResizeObserver((entries) => entries.forEach((entry) => redraws.get(entry.target as HTMLElement)?.()));

// A page of many runs has hundreds of figures: each is drawn when the reader comes near it, or before all are printed.
const nearby = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => drawFirst(entry.target as HTMLElement)),
  { rootMargin: "600px" },
);
addEventListener("resize", keepRoom);

/** Draws all figures that lie in views that are shown. */
export function drawAll(): void {
  [...redraws.keys()].forEach(drawFirst);
}

function drawFirst(holder: HTMLElement): void {
  nearby.unobserve(holder);
  heights.delete(holder);
  redraws.get(holder)?.();
  // Only now: the page would move if it were laid out in between.
  holder.style.removeProperty("min-height");
  widths.observe(holder);
}

/**
 * Gives the figures that are still to be drawn the room that they will take. Without it the page would move while the
 * reader presses a button, whose release would then fall on something else and do nothing.
 */
export function keepRoom(): void {
  // All widths before any height, so that the page is laid out once.
  const rooms = [...heights].filter(([holder]) => holder.clientWidth > 0).map(([holder, height]) => ({ holder, height: height(widthOf(holder)) }));
  for (const { holder, height } of rooms) holder.style.minHeight = `${height}px`;
}

function widthOf(holder: HTMLElement): number {
  return Math.max(narrowest, Math.floor(holder.clientWidth));
}

/** Forgets the figures of a page that is about to be drawn anew. */
export function forgetFigures(): void {
  widths.disconnect();
  nearby.disconnect();
  redraws.clear();
  heights.clear();
}

/** A figure with its title, caption, drawing, and buttons that save it. */
export function figure(parts: FigureParts): HTMLElement {
  const holder = element("div", { class: "drawing" });
  let width = 0;
  const redraw = () => {
    width = widthOf(holder);
    try {
      const drawing = described(parts.draw(width, parts.height(width)), parts);
      lastDrawn.set(parts.name, drawing);
      holder.replaceChildren(drawing);
    } catch (error) {
      // Damaged data must not take the other figures with them.
      holder.replaceChildren(element("p", { class: "warning" }, `This figure cannot be drawn: ${String(error)}`));
    }
  };
  // A live page shows what it had until the new drawing is there, so that nothing flickers.
  holder.append(...(lastDrawn.has(parts.name) ? [lastDrawn.get(parts.name)!] : []));
  redraws.set(holder, () => {
    // What is hidden has no width.
    if (holder.clientWidth > 0 && width !== widthOf(holder)) redraw();
  });
  heights.set(holder, parts.height);
  nearby.observe(holder);
  const controls = parts.controls?.(redraw) ?? [];
  return element(
    "figure",
    { id: identifier("figure", parts.name), "data-figure": parts.name, class: parts.isWide ? "wide" : undefined },
    element("h3", {}, ...explainedTitle(parts.title)),
    ...(controls.length > 0 ? [element("div", { class: "controls" }, ...controls)] : []),
    ...(parts.legend ? [legend(parts.legend)] : []),
    holder,
    element("figcaption", {}, ...explained(parts.caption)),
    saveButtons(parts),
  );
}

function saveButtons(parts: FigureParts): HTMLElement {
  const { name, title } = parts;
  const file = () => svgFile(parts.draw(fileWidth, parts.height(fileWidth)), title, parts.legend ?? []);
  return element(
    "p",
    { class: "save" },
    saveButton(`${title} as SVG`, "SVG", () => saveText(`${name}.svg`, "image/svg+xml", file())),
    saveButton(`${title} as PNG`, "PNG", () => void savePicture(`${name}.png`, file())),
    saveButton(`data of ${title} as CSV`, "CSV", () => saveText(`${name}.csv`, "text/csv", csv(parts.rows()))),
  );
}

function described(svg: SVGElement, parts: FigureParts): SVGElement {
  svg.setAttribute("role", "img");
  // The drawing has one name; its parts carry names of kinds, such as "line", that would be read for nothing.
  for (const part of svg.children) part.setAttribute("aria-hidden", "true");
  svg.setAttribute("aria-label", `${parts.title}. ${parts.caption}`);
  return svg;
}

function saveButton(label: string, text: string, save: () => void): HTMLElement {
  return element("button", { type: "button", "aria-label": `Save ${label}`, onclick: save }, text);
}
