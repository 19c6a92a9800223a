import { identifier } from "../dom.ts";
import { textOf } from "../json.ts";
import { isBaseline, resultOf, type Goal, type Group } from "../overview/results.ts";
import type { Json, Run } from "../types.ts";
import { differenceFigure } from "./differences.ts";
import { intervalFigure, type Interval } from "./intervals.ts";
import { spreadOf } from "./statistics.ts";
import { differenceOf } from "../written.ts";

/** Runs that differ in nothing but their seed. */
interface Setting {
  name: string;
  runs: Run[];
}

// Where a run wrote and how it was run change nothing of what it learns.
const notLearned = ["seed", "out", "threads"];

/** What the settings of a group of runs came to, on one axis, and how they differ from the first, paired by seed. */
export function settings({ name, goal, runs }: Group): HTMLElement[] {
  const found = goal ? settingsOf(runs.filter((run) => resultOf(run, goal))) : [];
  if (!goal || found.length < 2) return [];
  const direction = goal.higherIsBetter ? "higher is better" : "lower is better";
  const base = found.find((setting) => setting.runs.some(isBaseline)) ?? found[0]!;
  const means = found.map((setting) => ({ method: setting.name, ...spreadOf(setting.runs.map((run) => resultOf(run, goal)!.value)) }));
  const differences = found.filter((setting) => setting !== base).flatMap((setting) => pairedWith(setting, base, goal));
  return [
    intervalFigure({
      name: identifier("settings", name),
      title: `What each setting reached: ${goal.name}`,
      caption: `The mean over seeds, with its 95 % interval where there are several seeds (${direction}).`,
      unit: goal.name,
      kind: goal.kind,
      found: means,
    }),
    ...(differences.length === 0
      ? []
      : [
          differenceFigure({
            name: identifier("settings", name, "differences"),
            title: `Difference to ${base.name}`,
            caption: "Paired by seed, with its 95 % interval where there are several seeds: an interval that does not touch the line is a difference that is more than chance.",
            unit: `difference in ${goal.name}`,
            kind: differenceOf(goal.kind),
            found: differences,
            higherIsBetter: goal.higherIsBetter,
          }),
        ]),
  ];
}

function pairedWith(setting: Setting, base: Setting, goal: Goal): Interval[] {
  const pairs = setting.runs.flatMap((run) => {
    const other = base.runs.find((one) => one.config["seed"] === run.config["seed"]);
    return other ? [resultOf(run, goal)!.value - resultOf(other, goal)!.value] : [];
  });
  return pairs.length === 0 ? [] : [{ method: setting.name, ...spreadOf(pairs) }];
}

/** Settings are named by the options in which they differ. */
function settingsOf(runs: readonly Run[]): Setting[] {
  const options = [...new Set(runs.flatMap((run) => Object.keys(run.config)))].filter((option) => !notLearned.includes(option));
  const differing = options.filter((option) => new Set(runs.map((run) => textOf(run.config[option]))).size > 1);
  const groups = Map.groupBy(runs, (run) => differing.map((option) => textOf(run.config[option])).join("\n"));
  const shown = shortest(differing, runs, groups.size);
  return [...groups.values()].map((own) => ({ name: shown.map((option) => valueOf(option, own[0]!.config[option])).join(", ") || "all options alike", runs: own }));
}

/** As few of the options as tell all settings apart, the method first. */
function shortest(differing: readonly string[], runs: readonly Run[], settings: number): string[] {
  const shown: string[] = [];
  let told = 1;
  for (const option of ["method", "modules", "parallel", ...differing].filter((one) => differing.includes(one))) {
    if (told === settings) break;
    const now = new Set(runs.map((run) => [...shown, option].map((one) => textOf(run.config[one])).join("\n"))).size;
    if (now > told && !shown.includes(option)) shown.push(option);
    told = Math.max(told, now);
  }
  return shown;
}

function valueOf(option: string, value: Json | undefined): string {
  if (option === "method") return textOf(value);
  return `${{ modules: "M", parallel: "K" }[option] ?? option} ${textOf(value) || "none"}`;
}
