import { element } from "../dom.ts";
import { objectOf, objectsOf, textOf } from "../json.ts";
import type { Datapoint, Renderer } from "./datapoint.ts";

/** Who draws which kind; a new kind needs an entry. What has none is shown as its text. */
const renderers: Record<string, Renderer> = { text, image: picture, drawing: picture, row };

const pictures = ["data:image/png;base64,", "data:image/svg+xml;base64,"];

/** Draws a datapoint by the renderer of its kind. */
export function drawDatapoint(datapoint: Datapoint): HTMLElement {
  const renderer = Object.hasOwn(renderers, datapoint.kind) ? renderers[datapoint.kind]! : plain;
  return element("span", { class: "datapoint", "data-kind": datapoint.kind }, ...renderer(datapoint));
}

/** A place of a text. */
function text(datapoint: Datapoint): Node[] {
  const { before, word, after } = objectOf(datapoint["place"]);
  return [element("span", {}, `${textOf(before)} `, element("mark", {}, textOf(word)), ` ${textOf(after)}`)];
}

/** Small pictures, and drawings of one's own. A picture is an image element: what is in it can do nothing. */
function picture({ kind, label = "", picture: source }: Datapoint): Node[] {
  const url = textOf(source);
  if (!pictures.some((start) => url.startsWith(start))) return [];
  return [element("img", { src: url, alt: label, title: label, ...(kind === "image" ? { width: 48, height: 48 } : {}) })];
}

/** Some columns of a row with their values. */
function row({ label = "", cells }: Datapoint): Node[] {
  const lines = objectsOf(cells).map((cell) => element("tr", {}, element("th", { scope: "row" }, textOf(cell["column"])), element("td", {}, textOf(cell["value"]))));
  return [element("table", { class: "row" }, ...(label === "" ? [] : [element("caption", {}, label)]), element("tbody", {}, ...lines))];
}

function plain(datapoint: Datapoint): Node[] {
  return [element("span", {}, datapoint.label ?? JSON.stringify(datapoint))];
}
