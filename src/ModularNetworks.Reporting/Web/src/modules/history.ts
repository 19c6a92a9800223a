import type { LayerUse, Run } from "../types.ts";

/** Since which step the module has been picked most for the group that it is picked most for at the end; empty if that is not known. */
export function historyOf(run: Run, layer: LayerUse, module: number): string {
  const columns = run.snapshots[0]?.columns ?? [];
  const column = Math.max(0, columns.indexOf(layer.name));
  const groups = run.snapshots.map((snapshot) => ({ step: snapshot.step, group: mainGroup(snapshot.flows, column, module) }));
  const last = groups.at(-1)?.group;
  if (last === undefined || groups.length < 2) return "";
  const change = groups.findLastIndex(({ group }) => group !== last);
  const since = groups[change + 1]!.step;
  return since === 0 ? "" : `Picked most for ${last} since step ${since.toLocaleString("en")}`;
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
