import { metricOf } from "../metrics.ts";
import { differenceOf, written } from "../written.ts";
import type { Inspection, ModuleDetail } from "../types.ts";

/** What the network comes to without the module; how to measure it, where it was not. */
export function ablationOf({ ablation }: Inspection, { without, usage }: ModuleDetail): string {
  if (!ablation || without == null || ablation.value == null || usage === 0) return "";
  const change = without - ablation.value;
  const { higherIsBetter, words, kind } = metricOf(ablation.metric);
  const size = written(Math.abs(change), differenceOf(kind));
  const word = change === 0 ? "the same" : `${size} ${change > 0 === higherIsBetter ? "better" : "worse"}`;
  return `Without it, with its choices going to the next best: test ${words} ${written(without, kind)} instead of ${written(ablation.value, kind)} (${word})`;
}
