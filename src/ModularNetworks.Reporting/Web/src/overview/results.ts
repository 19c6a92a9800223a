import { numberAt, textOf } from "../json.ts";
import { measured, numbersOf, type Measured } from "../measured.ts";
import { decisive, metricOf } from "../metrics.ts";
import type { Run } from "../types.ts";
import type { Kind } from "../written.ts";

/** The number by which runs of one problem are compared. */
export interface Goal {
  path: string;
  name: string;
  kind: Kind;
  higherIsBetter: boolean;
}

/** Runs that can be compared: of one experiment, on the same data. */
export interface Group {
  name: string;
  goal: Goal | undefined;
  runs: Run[];
}

export function groupsOf(runs: readonly Run[]): Group[] {
  const groups = Map.groupBy(runs, groupName);
  return [...groups].map(([name, own]) => ({ name, runs: own, goal: goalOf(own) }));
}

/** The number by which some runs are compared. */
function goalOf(runs: readonly Run[]): Goal | undefined {
  const found = numbersOf(runs, "test");
  const name = decisive.find((number) => found.includes(number)) ?? found[0];
  if (name === undefined) return undefined;
  const { words, kind, higherIsBetter } = metricOf(name);
  return { path: `test.${name}`, name: `test ${words}`, kind, higherIsBetter };
}

/** The test result where validation data were best if there are some, else the last one: the best of all would flatter. */
export function resultOf(run: Run, goal: Goal | undefined): Measured | undefined {
  if (!goal) return undefined;
  const kept = { step: numberAt(run.summary, "best.step"), value: numberAt(run.summary, "best.test") };
  if (goal.path === "test.perplexity" && kept.step !== undefined && kept.value !== undefined) return { step: kept.step, value: kept.value };
  const valid = measured(run, goal.path.replace("test.", "valid."));
  const results = measured(run, goal.path);
  const best = valid.reduce<Measured | undefined>((most, one) => (most && !isBetter(goal, one.value, most.value) ? most : one), undefined);
  return results.find((one) => one.step === best?.step) ?? results.at(-1) ?? ofSummary(run, goal);
}

function ofSummary(run: Run, goal: Goal): Measured | undefined {
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

const ofTheTool = ["toy", "ptb", "text", "cifar10", "optdigits", "images", "table", "digits", "rules", "stream", "switching"];

/** Whether modnet knows the run's experiment, so that its commands can be named; one of the reader's own has none. */
export function isOfTheTool(run: Run): boolean {
  return ofTheTool.includes(textOf(run.config["experiment"]));
}

function groupName(run: Run): string {
  const [experiment, data] = [textOf(run.config["experiment"]), textOf(run.config["data"])];
  const isOwn = ["text", "table", "images"].includes(experiment) && data !== "";
  return isOwn ? `${experiment} ${data.split(/[\\/]/).findLast((part) => part !== "")}` : experiment;
}
