import { comparison } from "./figures/comparison.ts";
import { configuration } from "./figures/configuration.ts";
import { contexts } from "./figures/contexts.ts";
import { curves } from "./figures/curves.ts";
import { heatmaps } from "./figures/heatmap.ts";
import { paths } from "./figures/paths.ts";
import { results } from "./figures/results.ts";
import { toy } from "./figures/toy.ts";
import { usage } from "./figures/usage.ts";
import { element, identifier } from "./dom.ts";
import { forgetFigures, keepRoom } from "./figure.ts";
import { textOf } from "./json.ts";
import type { Comparison, Report, Run } from "./types.ts";

/** Draws everything that the runs tell. May be called again with new data; what the reader has chosen stays. */
export function render(into: HTMLElement, report: Report): void {
  const focused = document.activeElement?.id;
  forgetFigures();
  const { runs, comparisons, problems } = report;
  const compared = comparisons.map(comparedSection);
  const drawn = runs.length > 0 ? sections(runs, problems) : problems.map(warning);
  into.replaceChildren(
    ...(runs.length + comparisons.length === 0 ? [element("p", {}, "There are no runs to show.")] : [...compared, ...drawn]),
  );
  keepRoom();
  if (focused) document.getElementById(focused)?.focus();
}

/** Some parts of the page; where data are damaged, a line instead of them, and the others as they are. */
function guarded(what: string, make: () => HTMLElement[]): HTMLElement[] {
  try {
    return make();
  } catch (error) {
    return [warning(`${what} cannot be shown, since its data are damaged: ${String(error)}`)];
  }
}

function comparedSection(compared: Comparison): HTMLElement {
  return section(identifier("compared", compared.name), `Do modules pay? ${compared.name}`, guarded("The comparison", () => comparison(compared)));
}

function sections(runs: readonly Run[], problems: readonly string[]): HTMLElement[] {
  const experiments = [...new Set(runs.map(experimentOf))];
  return [
    section("results", "Results", [
      ...guarded("The table of results", () => [results(runs)]),
      ...problems.map(warning),
      ...runs.flatMap(warnings),
    ]),
    ...experiments.map((experiment) => {
      const own = runs.filter((run) => experimentOf(run) === experiment);
      const drawn = grid(guarded("The training", () => curves(experiment, own)), "No metrics have been logged yet.");
      return section(`curves-${experiment}`, `Training: ${experiment}`, [...own.flatMap(thinned), ...drawn]);
    }),
    ...runs.map((run) => section(identifier("run", run.name), `Modules of ${run.name}`, modules(run, runs.length))),
    section("configuration", "Configuration and environment", [configuration(runs)]),
  ];
}

function modules(run: Run, runs: number): HTMLElement[] {
  if (textOf(run.config["method"]) === "fixed") return [element("p", {}, "This baseline uses the same modules for all inputs; nothing is selected.")];
  const found = [
    ...grid([...guarded("The toy problem", () => toy(run)), ...guarded("The use of modules", () => usage(run))], "The use of modules has not been measured yet."),
    ...grid(
      [...guarded("The paths", () => paths(run)), ...guarded("The controllers", () => heatmaps(run))],
      "There are no snapshots of the controllers: the run is of an earlier version, has not been measured yet, or has too many modules.",
    ),
    ...guarded("What the modules do", () => contexts(run, runs)),
  ];
  return run.inspection
    ? found
    : [...found, element("p", {}, "What each module does is known at the end of the training, or after modnet inspect.")];
}

function grid(figures: HTMLElement[], otherwise: string): HTMLElement[] {
  return figures.length > 0 ? [element("div", { class: "grid" }, ...figures)] : [element("p", {}, otherwise)];
}

function section(id: string, title: string, content: HTMLElement[]): HTMLElement {
  return element("section", { id, class: "part" }, element("h2", {}, title), ...content);
}

function warnings(run: Run): HTMLElement[] {
  const logged = run.metrics.flatMap((line) => (Array.isArray(line["warnings"]) ? line["warnings"].map(textOf) : []));
  return [...run.warnings, ...logged].map((text) => warning(`${run.name}: ${text}`));
}

function warning(text: string): HTMLElement {
  return element("p", { class: "warning" }, text);
}

/** Says of a long run that its figures, and their data, do not have all that was logged. */
function thinned(run: Run): HTMLElement[] {
  const [shown, total] = [run.metrics.length, run.metricsTotal].map((lines) => lines.toLocaleString("en"));
  if (shown === total) return [];
  return [element("p", { class: "thinned" }, `${run.name}: ${shown} of ${total} lines of metrics are shown, at even distances. Peaks between them are not.`)];
}

function experimentOf(run: Run): string {
  return textOf(run.config["experiment"]);
}
