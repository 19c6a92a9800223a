import { counted } from "../counted.ts";
import { element, identifier } from "../dom.ts";
import { numberAt, objectOf, objectsOf, textOf, textsOf } from "../json.ts";
import { endsOf, equalPrediction, equalTraining, spread, verdictIn } from "../suite/rows.ts";
import { differenceFigure, type Difference } from "./differences.ts";
import { intervalFigure } from "./intervals.ts";
import { table, type Cell } from "../table.ts";
import { between, differenceOf, type Kind } from "../written.ts";
import { metricOf, type Metric } from "../metrics.ts";
import type { Comparison, Json, JsonObject } from "../types.ts";

/** What methods with and without modules came to on data of one's own: the answer, the intervals, the table. */
export function comparison({ name, report }: Comparison): HTMLElement[] {
  const rows = objectsOf(report["rows"]);
  const answer = [element("p", { class: "answer" }, textOf(objectOf(report["answer"])["sentence"])), ...command(report["use"])];
  if (rows.length === 0) return answer;
  const metric = metricOf(textOf(report["metric"]));
  const direction = report["higherIsBetter"] === true ? "higher is better" : "lower is better";
  const seeds = numberAt(report, "seeds") ?? 0;
  return [
    ...answer,
    element("div", { class: "grid" }, ...intervals(name, metric, report["higherIsBetter"] === true, `${direction}, ${counted(seeds, "seed")}`, rows)),
    results(name, metric, rows),
    ...textsOf(report["missing"]).map((line) => element("p", {}, line)),
    element("p", {}, origin(report)),
  ];
}

function intervals(name: string, { words, kind }: Metric, higherIsBetter: boolean, note: string, rows: readonly JsonObject[]): HTMLElement[] {
  const means = rows.flatMap((row) => spread(textOf(row["name"]), row));
  const differences = [
    ...rows.flatMap((row) => differenceAt(row, equalPrediction, row["differenceToDense"])),
    ...rows.flatMap((row) => differenceAt(row, equalTraining, row["differenceAtEqualTraining"])),
  ];
  return [
    ...(means.length === 0
      ? []
      : [intervalFigure({ name: identifier("compared", name, "means"), title: `Test ${words}`, caption: `The mean over the seeds with its 95 % interval (${note}).`, unit: words, kind, found: means })]),
    ...(differences.length === 0
      ? []
      : [
          differenceFigure({
            name: identifier("compared", name, "differences"),
            title: "Difference to dense of equal operations",
            caption: `Paired by seed, with its 95 % interval: a method whose interval does not touch the line differs from dense (${note}).`,
            unit: `difference in ${words}`,
            kind: differenceOf(kind),
            found: differences,
            higherIsBetter,
          }),
        ]),
  ];
}

function differenceAt(row: JsonObject, panel: string, difference: Json | undefined): Difference[] {
  return spread(textOf(row["name"]), objectOf(difference)).map((one) => ({ ...one, panel, ...(panel === equalPrediction ? verdictIn(row) : {}) }));
}

function results(name: string, { words, kind }: Metric, rows: readonly JsonObject[]): HTMLElement {
  const difference = differenceOf(kind);
  const columns: [string, (row: JsonObject) => Cell, Kind?][] = [
    ["method", (row) => textOf(row["name"])],
    [words, (row) => numberAt(row, "mean"), kind],
    ["95 % interval", (row) => interval(row["interval"], kind)],
    ["difference to dense", (row) => numberAt(row, "differenceToDense.mean"), difference],
    ["its interval", (row) => interval(objectOf(row["differenceToDense"])["interval"], difference)],
    ["at equal training", (row) => numberAt(row, "differenceAtEqualTraining.mean"), difference],
    ["that interval", (row) => interval(objectOf(row["differenceAtEqualTraining"])["interval"], difference)],
    ["multiply-adds of a prediction", (row) => numberAt(row, "predictionOperations")],
    ["milliseconds", (row) => numberAt(row, "predictionMilliseconds")],
    ["M", (row) => numberAt(row, "modules")],
    ["K", (row) => numberAt(row, "picks")],
    ["modules used", (row) => numberAt(row, "modulesUsed")],
    ["multiply-adds of the training", (row) => numberAt(row, "trainingOperations")],
    ["steps", (row) => numberAt(row, "steps")],
    ["learning rate", (row) => numberAt(row, "learningRate")],
  ];
  return table(
    identifier("compared", name),
    "Methods",
    columns.map(([title, , kindOf]) => ({ title, kind: kindOf ?? "number" })),
    rows.map((row) => columns.map(([, value]) => value(row))),
  );
}

function origin(report: JsonObject): string {
  const count = (entry: string): number => numberAt(report, entry) ?? 0;
  const [steps, usual, seeds, planned] = [count("steps"), count("usualSteps"), count("seeds"), count("plannedSeeds")];
  const ofSteps = steps === usual ? `${steps} steps` : `${steps} of the usual ${usual} steps`;
  const seedsDone = seeds === planned ? counted(seeds, "seed") : `${seeds} of ${planned} planned seeds`;
  return `${ofSteps}, ${seedsDone}, ${count("trials")} settings tried for each row. ${textOf(report["command"])}`;
}

function command(use: Json | undefined): HTMLElement[] {
  const words = textsOf(use).map((word) => (/^[\w./:,@+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return words.length === 0 ? [] : [element("p", {}, element("code", {}, ["modnet", ...words].join(" ")))];
}

function interval(ends: Json | undefined, kind: Kind): string {
  const [low, high] = endsOf(ends);
  return between(low, high, kind);
}
