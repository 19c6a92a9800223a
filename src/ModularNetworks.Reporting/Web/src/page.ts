import { comparison } from "./figures/comparison.ts";
import { configuration, differences } from "./figures/configuration.ts";
import { contexts } from "./figures/contexts.ts";
import { curves } from "./figures/curves.ts";
import { heatmaps } from "./figures/heatmap.ts";
import { paths } from "./figures/paths.ts";
import { results, resultsOfTasks } from "./figures/results.ts";
import { settings } from "./figures/settings.ts";
import { toy } from "./figures/toy.ts";
import { usage } from "./figures/usage.ts";
import { breakable, element, identifier } from "./dom.ts";
import { forgetFigures, keepRoom } from "./figure.ts";
import { objectOf, textOf } from "./json.ts";
import { overview } from "./overview/overview.ts";
import { groupsOf, isBaseline, type Group } from "./overview/results.ts";
import { suite, suiteSentence } from "./suite/suite.ts";
import { tableOf } from "./table.ts";
import { terms } from "./terms/terms.ts";
import { layOut, type Section, type View } from "./views.ts";
import type { Comparison, Report, Run } from "./types.ts";

/** Draws everything that the runs tell. May be called again with new data; what the reader has chosen stays. */
export function render(into: HTMLElement, report: Report): void {
  const focused = document.activeElement?.id;
  forgetFigures();
  const { runs, comparisons, problems } = report;
  into.classList.add("frame");
  if (runs.length + comparisons.length === 0) into.replaceChildren(...problems.map(warning), element("p", {}, "There are no runs to show."));
  else into.replaceChildren(...layOut(views(runs, comparisons, problems)));
  keepRoom();
  if (focused) document.getElementById(focused)?.focus();
}

function views(runs: readonly Run[], comparisons: readonly Comparison[], problems: readonly string[]): View[] {
  const all: View[] = [
    { id: "overview", title: "Overview", sections: overviewSections(runs, comparisons, problems) },
    { id: "training", title: "Training", sections: ofExperiments(runs).map(trainingSection) },
    { id: "modules", title: "Modules", sections: runs.map((run) => modulesSection(run, runs.length)) },
    { id: "paths", title: "Paths", sections: runs.filter((run) => !isBaseline(run)).map(pathsSection) },
    { id: "data", title: "Data", sections: dataSections(runs) },
    { id: "compare", title: "Compare", sections: compareSections(runs, comparisons) },
    { id: "configuration", title: "Configuration", sections: groupsOf(runs).map(({ name, runs: own }) => section(identifier("options", name), `Configuration: ${name}`, configuration(own), name)) },
    { id: "terms", title: "Terms", sections: [section("all-terms", "Terms", terms())] },
  ];
  return all.filter((view) => view.sections.length > 0);
}

function overviewSections(runs: readonly Run[], comparisons: readonly Comparison[], problems: readonly string[]): Section[] {
  const answers = comparisons.map(({ name, kind, report }) =>
    element("p", { class: "answer" }, element("a", { href: `#${identifier("compared", name)}` }, name), `: ${kind === "suite" ? suiteSentence(report) : textOf(objectOf(report["answer"])["sentence"])}`),
  );
  const asked = runs.length > 0 ? guarded("The overview", () => overview(runs)) : [];
  return [section("summary", "Overview", [...problems.map(warning), ...asked.slice(0, 1), ...answers, ...asked.slice(1)])];
}

function ofExperiments(runs: readonly Run[]): [string, Run[]][] {
  return [...Map.groupBy(runs, (run) => textOf(run.config["experiment"]))];
}

function trainingSection([experiment, runs]: [string, Run[]]): Section {
  const drawn = grid(guarded("The training", () => curves(experiment, runs)), "No metrics have been logged yet.");
  return section(`curves-${experiment}`, `Training: ${experiment}`, [...runs.flatMap(thinned), ...drawn], experiment);
}

function modulesSection(run: Run, runs: number): Section {
  return section(identifier("run", run.name), `Modules of ${run.name}`, modules(run, runs), run.name);
}

function modules(run: Run, runs: number): HTMLElement[] {
  if (isBaseline(run)) return [element("p", {}, "This baseline uses the same modules for all inputs; nothing is selected.")];
  const found = [
    ...guarded("What the modules do", () => contexts(run, runs)),
    ...grid(guarded("The use of modules", () => usage(run)), "The use of modules has not been measured yet."),
  ];
  return run.inspection
    ? found
    : [...found, element("p", {}, "What each module does is known at the end of the training, or after modnet inspect.")];
}

function pathsSection(run: Run): Section {
  return section(
    identifier("ways", run.name),
    `Paths of ${run.name}`,
    grid(
      [...guarded("The paths", () => paths(run)), ...guarded("The controllers", () => heatmaps(run))],
      "How the controllers chose over the training was not recorded for this run, so that there are no paths to draw.",
    ),
    run.name,
  );
}

function dataSections(runs: readonly Run[]): Section[] {
  if (runs.length === 0) return [];
  const drawn = runs.map((run) => ({ run, figures: guarded("The toy problem", () => toy(run)) })).filter(({ figures }) => figures.length > 0);
  return [
    section("all-data", "Data of all runs", [dataTable(runs)], "all runs"),
    ...drawn.map(({ run, figures }) => section(identifier("data", run.name), `Data of ${run.name}`, grid(figures, ""), run.name)),
  ];
}

/** What the page has of each run, and where its data came from. */
function dataTable(runs: readonly Run[]): HTMLElement {
  const shown = (run: Run) => `${run.metrics.length.toLocaleString("en")} of ${run.metricsTotal.toLocaleString("en")}`;
  return tableOf(
    "data",
    "Where the data are, and what this page has of each run",
    [
      { title: "run", value: (run) => run.name },
      { title: "data", value: dataOf, show: (run) => breakable(dataOf(run)) },
      { title: "lines of metrics", value: shown },
      { title: "snapshots of controllers", value: (run) => run.snapshots.length },
    ],
    runs,
  );
}

function dataOf(run: Run): string {
  return textOf(run.config["data"]) || "drawn from the seed";
}

function compareSections(runs: readonly Run[], comparisons: readonly Comparison[]): Section[] {
  return [
    ...comparisons.map((compared) =>
      section(
        identifier("compared", compared.name),
        `Do modules pay? ${compared.name}`,
        guarded("The comparison", () => (compared.kind === "suite" ? suite(compared) : comparison(compared))),
        compared.name,
      ),
    ),
    ...groupsOf(runs).map((group) =>
      section(identifier("numbers", group.name), `All numbers: ${group.name}`, [...compared(group), ...guarded("The table of results", () => [results(group.name, group.runs), ...resultsOfTasks(group.name, group.runs)])], group.name),
    ),
  ];
}

/** Two or more settings side by side: first in which options they differ, then what they reached, on the same axes. */
function compared(group: Group): HTMLElement[] {
  if (group.runs.length < 2) return [];
  const drawn = guarded("The settings", () => settings(group));
  return [...differences(group.runs), ...(drawn.length > 0 ? grid(drawn, "") : [])];
}

/** Some parts of the page; where data are damaged, a line instead of them, and the others as they are. */
function guarded(what: string, make: () => HTMLElement[]): HTMLElement[] {
  try {
    return make();
  } catch (error) {
    return [warning(`${what} cannot be shown, since its data are damaged: ${String(error)}`)];
  }
}

function grid(figures: HTMLElement[], otherwise: string): HTMLElement[] {
  return figures.length > 0 ? [element("div", { class: "grid" }, ...figures)] : [element("p", {}, otherwise)];
}

function section(id: string, title: string, content: HTMLElement[], label = title): Section {
  return { id, title, label, content };
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
