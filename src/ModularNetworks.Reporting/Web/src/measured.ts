import { numberAt, objectOf } from "./json.ts";
import type { Run } from "./types.ts";

/** A number that a run has measured at a step. */
export interface Measured {
  value: number;
  step: number;
}

/** The steps and values of a number that a run has measured. */
export function measured(run: Run, path: string): Measured[] {
  return run.metrics.flatMap((line) => {
    const [step, value] = [numberAt(line, "step"), numberAt(line, path)];
    return step === undefined || value === undefined ? [] : [{ step, value }];
  });
}

/** The names of the numbers that some runs have measured on a part of the data. */
export function numbersOf(runs: readonly Run[], split: string): string[] {
  const lines = runs.flatMap((run) => [...run.metrics, ...(run.summary ? [run.summary] : [])]);
  const names = lines.flatMap((line) => Object.entries(objectOf(line[split])).flatMap(([name, value]) => (typeof value === "number" ? [name] : [])));
  return [...new Set(names)];
}
