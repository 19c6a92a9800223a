import { element, identifier } from "../dom.ts";
import { choice, choose } from "../state.ts";
import { percent } from "./usage.ts";
import { short } from "../table.ts";
import type { ColumnDifference, Inspection, LayerUse, ModuleContext, ModuleDetail, Run } from "../types.ts";

const mostOpen = 8;

/**
 * What each module does: the words it reads in their sentences (as Table 2), the classes and images it is picked for.
 * The first layer is open at first, unless there are so many runs that this would be a very long page.
 */
export function contexts(run: Run, runs: number): HTMLElement[] {
  const inspection = run.inspection;
  if (!inspection) return [];
  return [
    element("h3", {}, `What the modules of ${run.name} do (as Table 2)`),
    element("p", {}, ...summary(inspection)),
    ...inspection.layers.map((layer, i) => layerDetails(run, layer, inspection, i === 0 && runs <= mostOpen)),
  ];
}

function summary(inspection: Inspection): string[] {
  const { storedAgreement: agreement, oracleGap: gap, leakage, eStepVisits: visits } = inspection;
  return [
    `Looked at after step ${inspection.step.toLocaleString("en")}, on ${inspection.split} data. `,
    agreement == null ? "" : `Of the picks of stored compositions a*, ${percent(agreement)} are also the controllers' most probable ones. `,
    gap == null
      ? ""
      : `The best of ${gap.samples} samples and the mode has a log p(y | x, a) ${short(gap.nats)} nats above the mode's (mean over ${gap.datapoints} datapoints). `,
    leakage == null
      ? ""
      : `The a* of an E-step that sees y and tries ${leakage.samples === undefined ? "all compositions" : `${leakage.samples} samples and the mode`} has one ${short(leakage.nats)} nats above the mode's (leakage, mean over ${leakage.datapoints} datapoints). `,
    visits == null ? "" : `E-steps have visited a training datapoint ${short(visits)} times on average.`,
  ];
}

function layerDetails(run: Run, layer: LayerUse, inspection: Inspection, isOpen: boolean): HTMLElement {
  const labels = (layer.labels ?? []).map((label) => `${label.kind}: ${short(label.mutualInformation)} nats (normalised ${short(label.normalizedMutualInformation)})`);
  const id = identifier("layer-details", run.name, layer.name);
  const details = element(
    "details",
    { class: "layer", open: choice(id, isOpen), "data-layer": layer.name },
    element("summary", {}, `Layer ${layer.name}`),
    element("p", {}, labels.length > 0 ? `Mutual information between module and ${labels.join("; ")}.` : ""),
    ...(layer.rules ? [element("p", {}, matching(layer.rules))] : []),
    element("div", { class: "modules" }, ...(layer.details ?? []).filter((module) => module.usage > 0).map((module) => moduleDetails(module, inspection))),
  );
  details.addEventListener("toggle", () => choose(id, details.open));
  return details;
}

function matching(rules: { alignment: number; inverseMutualInformation: number; adaptation: number }): string {
  const { alignment, inverseMutualInformation: information, adaptation } = rules;
  return `Modules and the rules that made the data (0 is best, at most 1): alignment ${short(alignment)}, inverse mutual information ${short(information)}, adaptation ${short(adaptation)}.`;
}

function moduleDetails(module: ModuleDetail, inspection: Inspection): HTMLElement {
  return element(
    "section",
    { class: "module", "data-module": module.module },
    element("h4", {}, `Module ${module.module} `, element("small", {}, `${percent(module.usage)} of all picks`)),
    ...(module.classes ? [element("p", {}, module.classes.map((found) => `${found.label}: ${percent(found.share)}`).join(", "))] : []),
    ...(module.target ? [element("p", {}, `Mean ${module.target.column}: ${short(module.target.mean)}, of all rows ${short(module.target.meanOfAll)}`)] : []),
    ...(module.columns?.length ? [element("p", {}, `Its rows (and all rows): ${module.columns.map(difference).join("; ")}`)] : []),
    ...(module.images ? [element("p", { class: "thumbnails" }, ...module.images.flatMap((image) => thumbnail(image, inspection)))] : []),
    ...(module.contexts ?? []).map(context),
  );
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

function thumbnail(image: number, inspection: Inspection): HTMLElement[] {
  const picture = inspection.thumbnails?.[String(image)];
  if (!picture?.png.startsWith("data:image/png;base64,")) return [];
  return [element("img", { src: picture.png, alt: `${picture.label} (image ${image})`, title: `${picture.label} (image ${image})`, width: 48, height: 48 })];
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
      ...found.examples.map((example) => element("li", {}, `${example.before} `, element("mark", {}, example.word), ` ${example.after}`)),
    ),
  );
}
