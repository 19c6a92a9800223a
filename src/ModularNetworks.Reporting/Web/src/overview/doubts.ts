import { numberAt, textOf } from "../json.ts";
import type { Run } from "../types.ts";
import { isBetter, measured, type Group } from "./results.ts";

/** What speaks against relying on a run's result, in words. */
export function doubtsOf(run: Run, { goal }: Group): string[] {
  const results = goal ? measured(run, goal.path) : [];
  const [first, last] = [results[0], results.at(-1)];
  return [
    ...ending(run),
    ...(results.length === 0 ? ["no test result yet"] : results.length === 1 ? ["measured only once"] : []),
    ...(goal && first && last && first !== last && isBetter(goal, first.value, last.value) ? [`${goal.name} is worse at the end than at first`] : []),
    ...skipped(run),
    ...new Set(warningsOf(run)),
  ];
}

/** The warnings of the run, as it gave them. */
export function warningsOf(run: Run): string[] {
  return [...run.warnings, ...run.metrics.flatMap((line) => (Array.isArray(line["warnings"]) ? line["warnings"].map(textOf) : []))];
}

function ending(run: Run): string[] {
  if (run.state === "finished") return [];
  const [step, steps] = [numberAt(run.metrics.at(-1), "step") ?? 0, numberAt(run.config, "steps")];
  return [`${run.state === "training" ? "still training" : "stopped"} at step ${step.toLocaleString("en")}${steps === undefined ? "" : ` of ${steps.toLocaleString("en")}`}`];
}

function skipped(run: Run): string[] {
  const steps = numberAt(run.summary, "skippedSteps") ?? numberAt(run.metrics.at(-1), "skippedSteps") ?? 0;
  return steps > 0 ? [`${steps} steps were left out, since numbers were not finite`] : [];
}
