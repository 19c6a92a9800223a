import { numberAt, textOf } from "../json.ts";
import type { JsonObject, Run } from "../types.ts";
import { measured } from "../measured.ts";
import { apartOf } from "./apart.ts";
import { isBetter, type Group } from "./results.ts";

/** What speaks against relying on a run's result, in words. */
export function doubtsOf(run: Run, { goal }: Group): string[] {
  const results = goal ? measured(run, goal.path) : [];
  const [first, last] = [results[0], results.at(-1)];
  return [
    ...ending(run),
    ...(results.length === 0 ? ["no test result yet"] : results.length === 1 ? ["measured only once"] : []),
    ...(goal && first && last && first !== last && isBetter(goal, first.value, last.value) ? [`${goal.name} is worse at the end than at first`] : []),
    ...skipped(run),
    ...notApart(run),
    ...told(run),
  ];
}

/** The warnings of the run, each once, with the step where it was first given, unless that was the last. */
function told(run: Run): string[] {
  const last = run.metrics.at(-1);
  const first = new Map<string, JsonObject>();
  for (const line of run.metrics) for (const warning of warningsIn(line)) if (!first.has(warning)) first.set(warning, line);
  return [...run.warnings, ...[...first].map(([warning, line]) => (line === last ? warning : `at step ${(numberAt(line, "step") ?? 0).toLocaleString("en")}, ${warning}`))];
}

function warningsIn(line: JsonObject): string[] {
  return Array.isArray(line["warnings"]) ? line["warnings"].map(textOf) : [];
}

/** The warnings of the run, as it gave them. */
export function warningsOf(run: Run): string[] {
  return [...run.warnings, ...run.metrics.flatMap(warningsIn)];
}

function ending(run: Run): string[] {
  if (run.state === "finished") return [];
  const [step, steps] = [numberAt(run.metrics.at(-1), "step") ?? 0, numberAt(run.config, "steps")];
  return [`${run.state === "training" ? "still training" : "stopped"} at step ${step.toLocaleString("en")}${steps === undefined ? "" : ` of ${steps.toLocaleString("en")}`}`];
}

/** Modules that do the same work, unless a warning of the run says so. */
function notApart(run: Run): string[] {
  const { word, why, isCollapsed } = apartOf(run);
  if ((word !== "no" && !isCollapsed) || warningsOf(run).some((warning) => warning.includes("collapsed"))) return [];
  return [`the modules did not come apart: ${why}`];
}

function skipped(run: Run): string[] {
  const steps = numberAt(run.summary, "skippedSteps") ?? numberAt(run.metrics.at(-1), "skippedSteps") ?? 0;
  return steps > 0 ? [`${steps} steps were left out, since numbers were not finite`] : [];
}
