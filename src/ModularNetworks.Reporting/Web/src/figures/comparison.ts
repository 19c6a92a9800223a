import { element, identifier } from "../dom.ts";
import { numberAt, textOf } from "../json.ts";
import { intervalFigure, type Interval } from "./intervals.ts";
import { short, table, type Cell } from "../table.ts";
import type { Comparison, Json, JsonObject } from "../types.ts";

/** What methods with and without modules came to on data of one's own: the answer, the intervals, the table. */
export function comparison({ name, report }: Comparison): HTMLElement[] {
  const rows = objects(report["rows"]);
  const answer = [element("p", { class: "answer" }, textOf(objectOf(report["answer"])["sentence"])), ...command(report["use"])];
  if (rows.length === 0) return answer;
  const metric = textOf(report["metric"]);
  const direction = report["higherIsBetter"] === true ? "higher is better" : "lower is better";
  const seeds = numberAt(report, "seeds") ?? 0;
  return [
    ...answer,
    element("div", { class: "grid" }, ...intervals(name, metric, `${direction}, ${ofSeeds(seeds)}`, rows)),
    results(name, metric, rows),
    ...texts(report["missing"]).map((line) => element("p", {}, line)),
    element("p", {}, origin(report)),
  ];
}

function intervals(name: string, metric: string, note: string, rows: readonly JsonObject[]): HTMLElement[] {
  const means = rows.flatMap((row) => spread(row["name"], row));
  const differences = rows.flatMap((row) => spread(row["name"], objectOf(row["differenceToDense"])));
  const figures = [
    means.length > 0 && intervalFigure(identifier("compared", name, "means"), `${metric} on test data`, `The mean over the seeds with its 95 % interval (${note}).`, means),
    differences.length > 0 &&
      intervalFigure(
        identifier("compared", name, "differences"),
        "Difference to dense of equal operations",
        `Paired by seed, with its 95 % interval: a method whose interval does not touch the line differs from dense (${note}).`,
        differences,
        0,
      ),
  ];
  return figures.filter((figure) => figure !== false);
}

function results(name: string, metric: string, rows: readonly JsonObject[]): HTMLElement {
  const columns: [string, (row: JsonObject) => Cell][] = [
    ["method", (row) => textOf(row["name"])],
    [metric, (row) => numberAt(row, "mean")],
    ["95 % interval", (row) => between(row["interval"])],
    ["difference to dense", (row) => numberAt(row, "differenceToDense.mean")],
    ["its interval", (row) => between(objectOf(row["differenceToDense"])["interval"])],
    ["at equal training", (row) => numberAt(row, "differenceAtEqualTraining.mean")],
    ["that interval", (row) => between(objectOf(row["differenceAtEqualTraining"])["interval"])],
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
    columns.map(([title]) => title),
    rows.map((row) => columns.map(([, value]) => value(row))),
  );
}

function origin(report: JsonObject): string {
  const count = (entry: string): number => numberAt(report, entry) ?? 0;
  const [steps, usual, seeds, planned] = [count("steps"), count("usualSteps"), count("seeds"), count("plannedSeeds")];
  const ofSteps = steps === usual ? `${steps} steps` : `${steps} of the usual ${usual} steps`;
  const seedsDone = seeds === planned ? ofSeeds(seeds) : `${seeds} of ${planned} planned seeds`;
  return `${ofSteps}, ${seedsDone}, ${count("trials")} settings tried for each row. ${textOf(report["command"])}`;
}

function ofSeeds(seeds: number): string {
  return seeds === 1 ? "1 seed" : `${seeds} seeds`;
}

function command(use: Json | undefined): HTMLElement[] {
  const words = texts(use).map((word) => (/^[\w./:,@+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return words.length === 0 ? [] : [element("p", {}, element("code", {}, ["modnet", ...words].join(" ")))];
}

/** The mean and the interval of something measured; nothing where the mean is no number. */
function spread(name: Json | undefined, measured: JsonObject): Interval[] {
  const mean = numberAt(measured, "mean");
  const [low, high] = ends(measured["interval"]);
  return mean === undefined ? [] : [{ method: textOf(name), mean, low: low ?? mean, high: high ?? mean }];
}

function between(interval: Json | undefined): string {
  const [low, high] = ends(interval);
  return low === undefined || high === undefined ? "" : `${short(low)} to ${short(high)}`;
}

function ends(interval: Json | undefined): (number | undefined)[] {
  return Array.isArray(interval) ? interval.map((end) => (typeof end === "number" ? end : undefined)) : [];
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
