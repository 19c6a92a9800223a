import type { Row } from "../csv.ts";
import type { Flow } from "../types.ts";

export interface PathLayout {
  group: string;
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
  return { group: flow.group, nodes, edges, rows };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
