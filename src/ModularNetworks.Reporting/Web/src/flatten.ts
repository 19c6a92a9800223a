import { shape } from "./shape.ts";

/**
 * A copy of a drawing as a group that needs no style sheet: programs other than browsers know few selectors, and take a drawing
 * within a drawing for a window that cuts.
 */
export function flatten(svg: SVGElement): SVGElement {
  const group = shape("g", { fill: "currentColor", "text-anchor": "middle", "font-size": 10 });
  for (const name of ["fill", "text-anchor", "font-size"]) if (svg.hasAttribute(name)) group.setAttribute(name, svg.getAttribute(name)!);
  group.append(...svg.cloneNode(true).childNodes);
  for (const unread of group.querySelectorAll("style, g[aria-label='tip']")) unread.remove();
  for (const part of [group, ...group.querySelectorAll("*")]) {
    for (const name of ["class", "aria-label", "aria-hidden", "aria-description"]) part.removeAttribute(name);
  }
  // Spaces at the start of a line count, as the style sheet had it.
  for (const text of group.querySelectorAll("text")) text.setAttribute("xml:space", "preserve");
  return group;
}
