import { labelled } from "./labels.ts";
import type { LayerUse, ModuleDetail, Run } from "../types.ts";

/**
 * Since which measured step the module has been picked more for one group than for any other. Empty if it is not one of those that it is said to be
 * picked for, if this was so from the start, or if it was not yet so before the last step: that is no history.
 */
export function historyOf(run: Run, layer: LayerUse, module: ModuleDetail): string {
  const columns = run.snapshots[0]?.columns ?? [];
  const column = Math.max(0, columns.indexOf(layer.name));
  const groups = run.snapshots.map((snapshot) => ({ step: snapshot.step, group: mainGroup(snapshot.flows, column, module.module) }));
  const last = groups.at(-1)?.group;
  if (last === undefined || isOther(last, module)) return "";
  const first = groups.findLastIndex(({ group }) => group !== last) + 1;
  const since = groups[first]!.step;
  return since === 0 || first === groups.length - 1 ? "" : `Picked more for ${labelled(last)} than for any other since step ${since.toLocaleString("en")}`;
}

/** Snapshots see a part of the data: where all of them say something else, these are right. */
function isOther(group: string, { classes }: ModuleDetail): boolean {
  const main = classes?.toSorted((a, b) => b.lift - a.lift)[0];
  return main !== undefined && main.label !== group;
}

/** The group whose datapoints pick the module most often, for their number. */
function mainGroup(flows: Run["snapshots"][number]["flows"], column: number, module: number): string | undefined {
  let main: { group: string; share: number } | undefined;
  for (const { group, count, nodes } of flows) {
    const share = (nodes[column]?.find(([other]) => other === module)?.[1] ?? 0) / Math.max(1, count);
    if (share > (main?.share ?? 0)) main = { group, share };
  }
  return main?.group;
}
