import type { Datapoint } from "../datapoints/datapoint.ts";
import { drawDatapoint } from "../datapoints/renderers.ts";
import { element, identifier } from "../dom.ts";
import { choice, choose } from "../state.ts";
import { ablationOf } from "../modules/ablation.ts";
import { historyOf } from "../modules/history.ts";
import { neighboursOf } from "../modules/neighbours.ts";
import { labelled } from "../modules/labels.ts";
import { sentenceOf } from "../modules/sentence.ts";
import { isOfTheTool } from "../overview/results.ts";
import { explained } from "../terms/explain.ts";
import { percent } from "./usage.ts";
import { short } from "../written.ts";
import type { ColumnDifference, Inspection, LayerUse, ModuleContext, ModuleDetail, Run } from "../types.ts";

const mostOpen = 8;
const mostContexts = 2;

/**
 * What each module does: the words it reads in their sentences (as Table 2), the classes and images it is picked for.
 * The first layer is open at first, unless there are so many runs that this would be a very long page.
 */
export function contexts(run: Run, runs: number): HTMLElement[] {
  const inspection = run.inspection;
  if (!inspection) return [];
  return [
    element("h3", {}, "What each module does ", element("small", { class: "paper" }, "as Table 2 of the paper")),
    element("p", {}, `Looked at after step ${inspection.step.toLocaleString("en")}, on ${inspection.split} data.`),
    ...inspection.layers.map((layer, i) => layerDetails(run, layer, inspection, i === 0 && runs <= mostOpen)),
    ...(inspection.ablation || !isOfTheTool(run) ? [] : [element("p", {}, element("small", {}, "What happens without a module is measured by ", element("code", {}, "modnet inspect RUN --ablate"), "."))]),
    ...quality(summary(inspection)),
  ];
}

function summary(inspection: Inspection): string[] {
  const { storedAgreement: agreement, oracleGap: gap, leakage, eStepVisits: visits } = inspection;
  return [
    agreement == null ? "" : `Of the picks of stored compositions a*, ${percent(agreement)} are also the controllers' most probable ones. `,
    gap == null
      ? ""
      : `The best of ${gap.samples} compositions that controllers drew and their most probable one is ${short(gap.nats)} nats of log p(y | x, a) better than the most probable one: so much could better choices gain (oracle gap, mean over ${gap.datapoints} datapoints). `,
    leakage == null
      ? ""
      : `What an E-step picks that knows the answer and tries ${leakage.samples === undefined ? "all compositions" : `${leakage.samples} drawn compositions and the most probable one`} is ${short(leakage.nats)} nats better (leakage, mean over ${leakage.datapoints} datapoints). `,
    visits == null ? "" : `E-steps have visited a training datapoint ${short(visits)} times on average.`,
  ];
}

function quality(lines: readonly string[]): HTMLElement[] {
  const told = lines.filter((line) => line !== "").map((line) => element("p", {}, ...explained(line)));
  return told.length === 0 ? [] : [element("details", {}, element("summary", {}, "How good the choices are"), ...told)];
}

function layerDetails(run: Run, layer: LayerUse, inspection: Inspection, isOpen: boolean): HTMLElement {
  const labels = (layer.labels ?? []).map((label) => `${label.kind}: ${short(label.mutualInformation)} nats (normalised ${short(label.normalizedMutualInformation)})`);
  const [used, unused] = [true, false].map((isUsed) => (layer.details ?? []).filter((module) => module.usage > 0 === isUsed)) as [ModuleDetail[], ModuleDetail[]];
  const id = identifier("layer-details", run.name, layer.name);
  const details = element(
    "details",
    { class: "layer", open: choice(id, isOpen), "data-layer": layer.name },
    element("summary", {}, titleOf(layer)),
    element("p", {}, ...explained(labels.length > 0 ? `What the module tells of the input, as mutual information with its ${labels.join("; ")}.` : "")),
    ...(layer.rules ? [element("p", {}, ...explained(matching(layer.rules)))] : []),
    element("div", { class: "modules" }, ...used.map((module) => moduleDetails(run, layer, module, inspection))),
    ...(unused.length > 0 ? [element("p", {}, `Never the most probable choice, so that predictions do without them: ${unused.length === 1 ? "module" : "modules"} ${unused.map((module) => module.module).join(", ")}.`)] : []),
  );
  details.addEventListener("toggle", () => choose(id, details.open));
  return details;
}

/** The name of some networks' only layer says no more than that it is one. */
function titleOf(layer: LayerUse): string {
  return layer.name === "layer" ? "The only modular layer" : `Layer ${layer.name}`;
}

function matching(rules: { alignment: number; inverseMutualInformation: number; adaptation: number }): string {
  const { alignment, inverseMutualInformation: information, adaptation } = rules;
  return `Modules and the rules that made the data (0 is best, at most 1): alignment ${short(alignment)}, inverse mutual information ${short(information)}, adaptation ${short(adaptation)}.`;
}

function moduleDetails(run: Run, layer: LayerUse, module: ModuleDetail, inspection: Inspection): HTMLElement {
  const facts = [historyOf(run, layer, module), neighboursOf(run, layer, module.module), ablationOf(inspection, module)].filter((fact) => fact !== "");
  return element(
    "section",
    { class: "module", "data-module": module.module, id: identifier("module", run.name, layer.name, module.module) },
    element("h4", {}, `Module ${module.module} `, element("small", {}, `${percent(module.usage)} of all picks`)),
    element("p", { class: "sentence" }, sentenceOf(run, layer, module)),
    ...typical(module, inspection),
    ...(facts.length > 0 ? [element("ul", { class: "facts" }, ...facts.map((fact) => element("li", {}, `${fact}.`)))] : []),
    ...evidence(module),
  );
}

/** The numbers and places that the sentence is made from. */
function evidence(module: ModuleDetail): HTMLElement[] {
  const others = (module.contexts ?? []).slice(mostContexts);
  return [
    ...(module.classes?.length ? [element("p", {}, element("small", {}, `Its picks: ${module.classes.map((found) => `${labelled(found.label)} ${percent(found.share)}`).join(", ")}`))] : []),
    ...(module.columns?.length ? [element("p", {}, element("small", {}, `Its rows (and all rows): ${module.columns.map(difference).join("; ")}`))] : []),
    ...(module.contexts ?? []).slice(0, mostContexts).map(context),
    ...(others.length > 0 ? [element("details", {}, element("summary", {}, `${others.length} more`), ...others.map(context))] : []),
  ];
}

function difference(found: ColumnDifference): string {
  const [name, value] = {
    number: [found.column, short],
    date: [found.column, (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10)],
    yesNo: [`${found.column} yes`, percent],
    category: [`${found.column} ${found.word ?? ""}`, percent],
    missing: [`${found.column} missing`, percent],
  }[found.kind] as [string, (value: number) => string];
  return `${name} ${value(found.mean)} (${value(found.meanOfAll)})`;
}

/** What the module is typically picked for, drawn by the renderers of its kind. */
function typical({ images, datapoints }: ModuleDetail, inspection: Inspection): HTMLElement[] {
  const found = [...(images ?? []).flatMap((image) => thumbnail(image, inspection)), ...(datapoints ?? []).flatMap((number) => inspection.datapoints?.[String(number)] ?? [])];
  return found.length === 0 ? [] : [element("div", { class: "typical" }, ...found.map(drawDatapoint))];
}

function thumbnail(image: number, inspection: Inspection): Datapoint[] {
  const found = inspection.thumbnails?.[String(image)];
  return found ? [{ kind: "image", label: `${found.label} (image ${image})`, picture: found.png }] : [];
}

function context(found: ModuleContext): HTMLElement {
  const what = found.kind === "after" ? "after " : "";
  return element(
    "div",
    { class: "context" },
    element(
      "p",
      {},
      what,
      element("b", {}, found.word),
      element("small", {}, `${found.part == null ? "" : ` ${percent(found.part)} of what it reads;`} it reads ${percent(found.share)} of them, ${found.lift.toFixed(1)} times its share of all`),
    ),
    element(
      "ul",
      {},
      ...found.examples.map((place) => element("li", {}, drawDatapoint({ kind: "text", place }))),
    ),
  );
}
