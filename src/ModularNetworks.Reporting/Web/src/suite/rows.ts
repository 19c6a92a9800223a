import type { Verdict } from "../figures/verdicts.ts";
import { numberAt, objectOf, objectsOf, textOf } from "../json.ts";
import type { Json, JsonObject } from "../types.ts";

/** What the networks of a table have in common. */
export const equalPrediction = "equal operations of a prediction";
export const equalTraining = "equal operations of the training";

/** A method on a task, as a row of suite.json says it. */
export interface SuiteRow {
  task: string;
  method: string;
  table: string;
  metric: string;
  higherIsBetter: boolean;
  isControl: boolean;
  verdict: Verdict;
  row: JsonObject;
}

/** The rows of a suite that name a task and a method. */
export function suiteRows(report: JsonObject): SuiteRow[] {
  return objectsOf(report["rows"])
    .filter((row) => textOf(row["task"]) !== "" && textOf(row["method"]) !== "")
    .map((row) => ({
      task: textOf(row["task"]),
      method: textOf(row["method"]),
      table: row["table"] === "training" ? equalTraining : equalPrediction,
      metric: textOf(row["metric"]),
      higherIsBetter: row["higherIsBetter"] === true,
      isControl: row["isControl"] === true,
      verdict: verdictIn(row).verdict ?? "open",
      row,
    }));
}

const verdicts: Record<string, Verdict> = { win: "better", costlierWin: "costlier", open: "open", loss: "worse", fault: "fault" };

/** What a row says that its method is against dense; nothing where it says none of the words. */
export function verdictIn(row: JsonObject): { verdict?: Verdict } {
  const verdict = verdicts[textOf(row["verdict"])];
  return verdict ? { verdict } : {};
}

/** The mean and the interval of something measured; nothing where the mean is no number. */
export function spread(method: string, measured: Json | JsonObject | undefined): { method: string; mean: number; low?: number; high?: number }[] {
  const found = objectOf(measured);
  const mean = numberAt(found, "mean");
  const [low, high] = endsOf(found["interval"]);
  return mean === undefined ? [] : [{ method, mean, ...(low === undefined || high === undefined ? {} : { low, high }) }];
}

/** The low and the high end of an interval, where they are numbers. */
export function endsOf(interval: Json | undefined): (number | undefined)[] {
  return Array.isArray(interval) ? interval.map((end) => (typeof end === "number" ? end : undefined)) : [];
}
