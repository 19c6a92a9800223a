import { numberAt, textOf } from "../json.ts";
import type { Run } from "../types.ts";

/** The number by which runs of one problem are compared. */
export interface Goal {
  path: string;
  name: string;
  higherIsBetter: boolean;
}

/** What a run came to. */
export interface Result {
  value: number;
  step: number;
}

const goals: Goal[] = [
  { path: "test.accuracy", name: "test accuracy", higherIsBetter: true },
  { path: "test.perplexity", name: "test perplexity", higherIsBetter: false },
  { path: "test.r2", name: "test R²", higherIsBetter: true },
  { path: "test.loss", name: "test loss", higherIsBetter: false },
];

export function goalOf(path: string): Goal | undefined {
  return goals.find((goal) => goal.path === path);
}

/** Runs that can be compared: of one experiment, on the same data. */
export interface Group {
  name: string;
  goal: Goal | undefined;
  runs: Run[];
}

export function groupsOf(runs: readonly Run[]): Group[] {
  const groups = Map.groupBy(runs, groupName);
  return [...groups].map(([name, own]) => ({ name, runs: own, goal: goals.find((goal) => own.some((run) => measured(run, goal.path).length > 0)) }));
}

/** The steps and values of a number that a run has measured. */
export function measured(run: Run, path: string): Result[] {
  return run.metrics.flatMap((line) => {
    const [step, value] = [numberAt(line, "step"), numberAt(line, path)];
    return step === undefined || value === undefined ? [] : [{ step, value }];
  });
}

/** The test result where validation data were best if there are some, else the last one: the best of all would flatter. */
export function resultOf(run: Run, goal: Goal | undefined): Result | undefined {
  if (!goal) return undefined;
  const kept = { step: numberAt(run.summary, "best.step"), value: numberAt(run.summary, "best.test") };
  if (goal.path === "test.perplexity" && kept.step !== undefined && kept.value !== undefined) return { step: kept.step, value: kept.value };
  const valid = measured(run, goal.path.replace("test.", "valid."));
  const results = measured(run, goal.path);
  const best = valid.reduce<Result | undefined>((most, one) => (most && !isBetter(goal, one.value, most.value) ? most : one), undefined);
  return results.find((one) => one.step === best?.step) ?? results.at(-1) ?? ofSummary(run, goal);
}

function ofSummary(run: Run, goal: Goal): Result | undefined {
  const [step, value] = [numberAt(run.summary, "steps"), numberAt(run.summary, goal.path)];
  return step === undefined || value === undefined ? undefined : { step, value };
}

export function isBetter(goal: Goal, one: number, other: number): boolean {
  return goal.higherIsBetter ? one > other : one < other;
}

/** The run with the best result of its group. */
export function bestOf({ runs, goal }: Group): Run | undefined {
  let best: { run: Run; value: number } | undefined;
  for (const run of runs) {
    const result = resultOf(run, goal);
    if (goal && result && (!best || isBetter(goal, result.value, best.value))) best = { run, value: result.value };
  }
  return best?.run;
}

export function isBaseline(run: Run): boolean {
  return textOf(run.config["method"]) === "fixed";
}

/** The baseline of a run: without modules that are chosen, of the same seed if there is one. */
export function baselineOf(run: Run, { runs, goal }: Group): Run | undefined {
  if (isBaseline(run)) return undefined;
  const baselines = runs.filter((other) => isBaseline(other) && resultOf(other, goal));
  return baselines.find((other) => other.config["seed"] === run.config["seed"]) ?? baselines[0];
}

function groupName(run: Run): string {
  const [experiment, data] = [textOf(run.config["experiment"]), textOf(run.config["data"])];
  const isOwn = ["text", "table", "images"].includes(experiment) && data !== "";
  return isOwn ? `${experiment} ${data.split(/[\\/]/).findLast((part) => part !== "")}` : experiment;
}
