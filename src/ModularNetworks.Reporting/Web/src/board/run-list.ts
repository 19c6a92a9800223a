import { counted } from "../counted.ts";
import { element, identifier } from "../dom.ts";
import { choice, choose } from "../state.ts";
import { described, folderOf, type ListedRun } from "./listed.ts";

const search = "search-runs";
const rowsWhileLoading = 6;
const searchedFrom = 8;

/** The board's runs, by folder, with a search; the reader ticks those to be shown. */
export class RunList {
  readonly root = element("section", { class: "runs", "aria-busy": "true" });
  private readonly box = element("input", { type: "search", id: search, placeholder: "name, experiment, method, state" });
  private readonly finder = element("label", { class: "finder", hidden: true }, "Search ", this.box);
  private readonly items = element("div", {}, ...Array.from({ length: rowsWhileLoading }, () => element("p", { class: "skeleton" })));
  private listed: readonly ListedRun[] = [];
  private shown: ReadonlySet<string> = new Set();

  constructor(private readonly toggle: (name: string, isShown: boolean) => void) {
    this.box.value = choice(search, "");
    this.box.addEventListener("input", () => {
      choose(search, this.box.value);
      this.fill();
    });
    this.root.append(element("h2", {}, "Runs"), this.finder, this.items);
  }

  show(listed: readonly ListedRun[], shown: ReadonlySet<string>): void {
    [this.listed, this.shown] = [listed, shown];
    this.root.removeAttribute("aria-busy");
    this.finder.hidden = listed.length < searchedFrom;
    this.fill();
  }

  private fill(): void {
    const focused = document.activeElement?.id;
    const words = this.box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.listed.filter((run) => words.every((word) => described(run).toLowerCase().includes(word)));
    const folders = Map.groupBy(found, folderOf);
    this.items.replaceChildren(
      ...(this.listed.length === 0 ? [element("p", {}, "There are no runs in this folder yet.")] : []),
      ...(this.listed.length > 0 && found.length === 0 ? [element("p", {}, "No run has all these words.")] : []),
      ...(folders.size === 1 ? [this.rows(found)] : [...folders].map(([folder, runs]) => this.folder(folder, runs, words.length > 0))),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  private folder(folder: string, runs: readonly ListedRun[], isSearched: boolean): HTMLElement {
    const id = identifier("folder", folder);
    const training = runs.filter((run) => run.state === "training").length;
    const isOpen = isSearched || choice(id, runs.length < searchedFrom || training > 0 || runs.some((run) => this.shown.has(run.name)));
    const count = `${counted(runs.length, "run")}${training > 0 ? `, ${training} training` : ""}`;
    const summary = element("summary", {}, `${folder === "" ? "this folder" : folder} `, element("small", {}, count));
    // Not "toggle", which also comes when a search opens it.
    const details = element("details", { open: isOpen }, summary, this.rows(runs));
    summary.addEventListener("click", () => choose(id, !details.open));
    return details;
  }

  private rows(runs: readonly ListedRun[]): HTMLElement {
    return element("ul", {}, ...runs.map((run) => this.row(run)));
  }

  private row(run: ListedRun): HTMLElement {
    if (run.problem !== null) return element("li", { class: "warning" }, `${run.name}: ${run.problem}`);
    const box = element("input", { type: "checkbox", id: identifier("show", run.name), checked: this.shown.has(run.name) });
    box.addEventListener("change", () => this.toggle(run.name, box.checked));
    const alarm = run.alarm === null ? [] : [element("span", { class: "warning", title: run.alarm }, " ⚠ look at this")];
    return element("li", { class: run.state }, element("label", {}, box, ` ${described(run)}`), ...alarm);
  }
}
