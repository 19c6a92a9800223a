import { textOf, numberAt } from "./json.ts";
import type { Run } from "./types.ts";

/** Among how many of a layer's modules a choice is made: modules in families have a family for each of the K choices. */
export function choices(run: Run, modules = numberAt(run.config, "modules") ?? 1): number {
  const parallel = numberAt(run.config, "parallel") ?? 1;
  const isInFamilies = run.config["families"] === true && ["em", "reinforce"].includes(textOf(run.config["method"]));
  return isInFamilies ? modules / parallel : modules;
}
