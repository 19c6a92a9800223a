import type { Report } from "./types.ts";

/** Shortens the names of runs, which are paths, by the folders that all of them share. */
export function shortenNames(report: Report): void {
  const all = [...report.runs, ...report.comparisons];
  const paths = all.map((one) => one.name.split(/[\\/]/).filter((part) => part !== "" && part !== "."));
  const shared = sharedFolders(paths);
  all.forEach((one, i) => {
    const short = paths[i]!.slice(shared).join("/");
    if (short !== "") one.name = short;
  });
}

/** How many folders lead to all of the paths; the last part of a path is the run itself. */
function sharedFolders(paths: readonly string[][]): number {
  const [first, ...others] = paths;
  if (!first) return 0;
  let shared = 0;
  while (shared < first.length - 1 && others.every((path) => shared < path.length - 1 && path[shared] === first[shared])) shared++;
  return shared;
}
