import { element } from "./dom.ts";
import { drawAll, keepRoom } from "./figure.ts";
import { choice, choose } from "./state.ts";

/** A part of the page that is shown by itself. */
export interface View {
  id: string;
  title: string;
  sections: Section[];
}

/** A part of a view, to which the contents lead. */
export interface Section {
  id: string;
  title: string;
  /** Its name in the contents, below that of the view. */
  label: string;
  content: HTMLElement[];
}

const chosenView = "view";
const topOfReading = 140;

let shown: { views: readonly View[]; panels: HTMLElement[]; contents: HTMLElement; goTo: HTMLSelectElement } | undefined;

/** Lays out views with a table of contents that follows the reader. One view is seen at a time. */
export function layOut(views: readonly View[]): HTMLElement[] {
  const panels = views.map(panelOf);
  const contents = element("nav", { class: "contents", "aria-label": "Contents" }, element("ul", {}, ...views.map(entryOf)));
  const goTo = element("select", { "aria-label": "Go to", id: "go-to" }, ...views.map(optionsOf));
  goTo.addEventListener("change", () => (location.hash = goTo.value));
  shown = { views, panels, contents, goTo };
  show(viewOf(fragment()) ?? views.findIndex((view) => view.id === choice(chosenView, "")));
  return [contents, element("nav", { class: "go-to", "aria-label": "Parts of the views" }, goTo), element("div", { class: "views" }, ...panels)];
}

/** Goes to what the address names, opens what hides it, and follows the address from now on. */
export function followAddress(): void {
  addEventListener("hashchange", goToFragment);
  addEventListener("scroll", followReader, { passive: true });
  addEventListener("beforeprint", showAll);
  addEventListener("afterprint", () => show(viewOf(fragment()) ?? -1));
  goToFragment();
}

function panelOf(view: View): HTMLElement {
  const sections = view.sections.map(({ id, title, content }) => element("section", { id, class: "part" }, element("h2", {}, title), ...content));
  return element("div", { class: "view", id: view.id, "data-view": view.id }, ...sections);
}

function entryOf(view: View): HTMLElement {
  const inner = view.sections.length < 2 ? [] : [element("ul", {}, ...view.sections.map(({ id, label }) => element("li", {}, element("a", { href: `#${id}` }, label))))];
  return element("li", { "data-view": view.id }, element("a", { href: `#${view.id}` }, view.title), ...inner);
}

function optionsOf(view: View): HTMLElement {
  return element("optgroup", { label: view.title }, ...view.sections.map(({ id, label }) => element("option", { value: id }, label)));
}

function show(wanted: number): void {
  if (!shown) return;
  const { views, panels, contents } = shown;
  const index = wanted < 0 ? 0 : wanted;
  panels.forEach((panel, i) => (panel.hidden = i !== index));
  contents.querySelectorAll<HTMLElement>(":scope > ul > li").forEach((entry, i) => {
    entry.classList.toggle("current", i === index);
    const link = entry.querySelector("a")!;
    if (i === index) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  choose(chosenView, views[index]?.id);
  keepRoom();
  followReader();
}

function showAll(): void {
  shown?.panels.forEach((panel) => (panel.hidden = false));
  // What is hidden cannot be drawn.
  drawAll();
}

function goToFragment(): void {
  const id = fragment();
  const index = viewOf(id);
  if (index === undefined) return;
  show(index);
  const target = document.getElementById(id);
  for (let outer = target; outer; outer = outer.parentElement) if (outer instanceof HTMLDetailsElement) outer.open = true;
  if (target?.classList.contains("view")) scrollTo({ top: 0 });
  else target?.scrollIntoView({ block: "start" });
}

/** The place of the view that an element lies in. */
function viewOf(id: string): number | undefined {
  const index = shown?.panels.findIndex((panel) => id !== "" && (panel.id === id || panel.querySelector(`#${CSS.escape(id)}`))) ?? -1;
  return index < 0 ? undefined : index;
}

function fragment(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/** Marks the section that is read now. */
function followReader(): void {
  if (!shown) return;
  const panel = shown.panels.find((one) => !one.hidden);
  const sections = [...(panel?.querySelectorAll<HTMLElement>(":scope > .part") ?? [])];
  const current = sections.findLast((section) => section.getBoundingClientRect().top < topOfReading) ?? sections[0];
  for (const link of shown.contents.querySelectorAll("ul ul a")) {
    if (link.getAttribute("href") === `#${current?.id}`) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  if (current) shown.goTo.value = current.id;
}
