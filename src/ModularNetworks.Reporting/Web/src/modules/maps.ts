import { short } from "../written.ts";
import type { ModuleMap, Run } from "../types.ts";

/** Which of the toy problem's true maps a learned one is nearest to. */
export function nearestMap(run: Run, learned: ModuleMap): string {
  const problem = run.snapshots[0]?.toy;
  if (!problem) return "";
  const far = (matrix: readonly number[]) => Math.max(...matrix.map((number, i) => Math.abs(number - learned.matrix[i]!)), ...learned.bias.map(Math.abs));
  const [rotation, scaling] = [far(problem.rotation), far(problem.scaling)];
  const [name, distance] = rotation < scaling ? ["R (rotation)", rotation] : ["S (scaling)", scaling];
  return `, which is the true map ${name}${distance === 0 ? "" : ` up to ${short(distance)} in each number`}`;
}
