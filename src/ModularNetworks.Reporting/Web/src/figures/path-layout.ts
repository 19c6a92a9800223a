import type { Row } from "../csv.ts";
import type { Flow } from "../types.ts";

export interface PathLayout {
  group: string;
  columns: readonly string[];
  /** What stands beside the nodes of the first column. */
  names: { group: string; module: number; name: string }[];
  nodes: { group: string; column: number; module: number; count: number; share: number }[];
  edges: { group: string; column: number; from: number; to: number; count: number; share: number }[];
  rows: Row[];
}

/**
 * Where the modules and paths of a group are drawn, with their shares of what goes through a column. Also modules that the
 * group does not use are there, with no share.
 */
export function layOut(flow: Flow, columns: readonly string[], modulesOfLayers: readonly number[]): PathLayout {
  const nodes = columns.flatMap((_, column) => {
    const used = new Map(flow.nodes[column] ?? []);
    const total = sum([...used.values()]);
    // All time steps share one layer.
    const modules = modulesOfLayers[Math.min(column, modulesOfLayers.length - 1)] ?? 0;
    return Array.from({ length: modules }, (_, module) => {
      const count = used.get(module) ?? 0;
      return { group: flow.group, column, module, count, share: total > 0 ? count / total : 0 };
    });
  });
  const edges = flow.edges.flatMap((pairs, column) => {
    const total = sum(pairs.map((pair) => pair[2]));
    return pairs.map(([from, to, count]) => ({ group: flow.group, column, from, to, count, share: count / total }));
  });
  const rows: Row[] = [
    ...nodes.map((node) => ({ group: flow.group, column: columns[node.column], module: node.module, next: null, count: node.count })),
    ...edges.map((edge) => ({ group: flow.group, column: columns[edge.column], module: edge.from, next: edge.to, count: edge.count })),
  ];
  return { group: flow.group, columns, names: [], nodes, edges, rows };
}

/** The paths that lead from groups to the modules of the only layer. */
export function layOutGroups(flows: readonly Flow[], column: string, modules: number): PathLayout {
  const group = "";
  const total = Math.max(1, ...flows.map((flow) => flow.count));
  const whole = layOut({ group, count: 0, nodes: [uses(flows)], edges: [] }, [column], [modules]);
  const starts = flows.map((flow, i) => ({ group, column: 0, module: i, count: flow.count, share: flow.count / (2 * total) }));
  const edges = flows.flatMap((flow, from) =>
    (flow.nodes[0] ?? []).map(([to, count]) => ({ group, column: 0, from, to, count, share: count / total })),
  );
  return {
    group,
    columns: ["group", column],
    names: flows.map((flow, module) => ({ group, module, name: flow.group })),
    nodes: [...starts, ...whole.nodes.map((node) => ({ ...node, column: 1 }))],
    edges,
    rows: edges.map((edge) => ({ group: flows[edge.from]!.group, module: edge.to, count: edge.count })),
  };
}

function uses(flows: readonly Flow[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const [module, count] of flows.flatMap((flow) => flow.nodes[0] ?? [])) counts.set(module, (counts.get(module) ?? 0) + count);
  return [...counts];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
