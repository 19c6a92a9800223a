import { percent } from "../figures/usage.ts";
import type { LayerUse, Run } from "../types.ts";

const mostNamed = 2;
const leastShare = 0.05;

/** Which modules come before and after a module, by the paths of the newest snapshot; empty if there are none. */
export function neighboursOf(run: Run, layer: LayerUse, module: number): string {
  const [first, last] = [run.snapshots[0], run.snapshots.at(-1)];
  const columns = first?.columns;
  if (!last || !columns || columns.length < 2) return "";
  const column = columns.indexOf(layer.name);
  const isLayered = column >= 0;
  const edges = (between: number) => last.flows.flatMap((flow) => flow.edges[between] ?? []);
  // A recurrent layer follows itself: its columns are time steps.
  const before = !isLayered ? edges(0) : column > 0 ? edges(column - 1) : [];
  const after = !isLayered ? edges(0) : edges(column);
  const precedes = most(before.flatMap(([from, to, paths]) => (to === module ? [{ module: from, paths }] : [])));
  const follows = most(after.flatMap(([from, to, paths]) => (from === module ? [{ module: to, paths }] : [])));
  const of = (place: number) => (isLayered ? ` of ${columns[place]}` : "");
  return [
    ...(precedes ? [`Before it: module ${precedes}${of(column - 1)}`] : []),
    ...(follows ? [`${precedes ? "after" : "After"} it: module ${follows}${of(column + 1)}`] : []),
  ].join("; ");
}

function most(found: readonly { module: number; paths: number }[]): string {
  const counts = new Map<number, number>();
  for (const { module, paths } of found) counts.set(module, (counts.get(module) ?? 0) + paths);
  const all = [...counts.values()].reduce((sum, paths) => sum + paths, 0);
  const named = [...counts].sort((a, b) => b[1] - a[1]).slice(0, mostNamed).filter(([, paths]) => paths > leastShare * all);
  return named.map(([module, paths]) => `${module} (${percent(paths / all)})`).join(" or ");
}
