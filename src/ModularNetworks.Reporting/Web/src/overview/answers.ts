import { counted } from "../counted.ts";
import { element, identifier } from "../dom.ts";
import { explained } from "../terms/explain.ts";
import { differenceOf, written } from "../written.ts";
import type { Run } from "../types.ts";
import { apartOf, type Apart } from "./apart.ts";
import { doubtsOf } from "./doubts.ts";
import { baselineOf, bestOf, isBaseline, isBetter, isOfTheTool, resultOf, type Group } from "./results.ts";

const mostNamed = 4;

/** Three questions with their answers. */
export function answers(groups: readonly Group[]): HTMLElement {
  return element(
    "div",
    { class: "answers" },
    card("best", "Which run is best?", best(groups)),
    card("apart", "Did the modules come apart?", apart(groups.flatMap((group) => group.runs))),
    card("trust", "Can I trust it?", trust(groups)),
  );
}

function card(name: string, question: string, lines: readonly (Node | string)[][]): HTMLElement {
  return element(
    "section",
    { class: "answer-card", "data-answer": name },
    element("h3", {}, question),
    element("ul", {}, ...lines.map((line) => element("li", {}, ...line))),
  );
}

function best(groups: readonly Group[]): (Node | string)[][] {
  const contested = groups.filter((group) => group.runs.length > 1 && bestOf(group));
  const alone = groups.length - contested.length;
  return [
    ...contested.map(winner),
    ...(contested.length === 0 && groups.length === 1 ? groups.flatMap(single) : []),
    ...(alone > 0 && groups.length > 1 ? [[`${counted(alone, "problem has", "problems have")} a single run: nothing to compare it with.`]] : []),
  ];
}

function winner(group: Group): (Node | string)[] {
  const run = bestOf(group)!;
  const goal = group.goal!;
  const { value } = resultOf(run, goal)!;
  const [baseline, sets] = [baselineOf(run, group), settings(group)];
  const other = baseline && resultOf(baseline, goal)?.value;
  const margin = isBaseline(run)
    ? ", which is the baseline: modules did not pay here"
    : other === undefined
      ? "; there is no baseline beside it"
      : `, ${joined(written(Math.abs(value - other), differenceOf(goal.kind)))} ${isBetter(goal, value, other) ? "better" : "worse"} than the baseline`;
  return [element("b", {}, group.name), ": ", linkTo(run), ` with ${goal.name} ${joined(written(value, goal.kind))}${margin}${sets === 1 ? " (the runs differ in their seed only)" : ""}.`];
}

/** A number and its unit, which stay in one line. */
function joined(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

function single(group: Group): (Node | string)[][] {
  const [run] = group.runs;
  const result = run && resultOf(run, group.goal);
  if (!run || !result) return [["No test result yet."]];
  return [["The only run, ", linkTo(run), `, has a ${group.goal!.name} of ${joined(written(result.value, group.goal!.kind))}. Train the baseline too${isOfTheTool(run) ? " (--method fixed)" : ""} to see whether modules pay.`]];
}

function apart(runs: readonly Run[]): (Node | string)[][] {
  const modular = runs.filter((run) => !isBaseline(run));
  if (modular.length === 0) return [["These are baselines: nothing is chosen."]];
  const words: [Apart["word"], string][] = [
    ["yes", "Yes"],
    ["partly", "Partly"],
    ["no", "No"],
    ["not measured", "Not measured"],
  ];
  return words.flatMap(([word, title]) => {
    const own = modular.filter((run) => apartOf(run).word === word);
    return own.length === 0 ? [] : [[element("b", { class: `apart ${word.replaceAll(" ", "-")}` }, title), ` in ${own.length} of ${modular.length}: `, ...named(own)]];
  });
}

function trust(groups: readonly Group[]): (Node | string)[][] {
  const runs = groups.flatMap((group) => group.runs);
  const doubted = groups.flatMap((group) => group.runs.filter((run) => doubtsOf(run, group).length > 0));
  const withoutBaseline = groups.filter((group) => !group.runs.some(isBaseline));
  const oneSeed = groups.filter((group) => mostSeeds(group) < 2);
  return [
    doubted.length === 0 ? ["Nothing went wrong that the runs noticed."] : [`${counted(doubted.length, "run has", "runs have")} something to doubt: `, ...named(doubted)],
    ...(oneSeed.length > 0 ? [[...explained(`Each setting ran with one seed only${among(oneSeed, groups)}: small differences may be chance.`)]] : [["Settings ran with several seeds."]]),
    ...(withoutBaseline.length > 0 ? [[...explained(`There is no baseline${among(withoutBaseline, groups)}: whether modules pay is not known.`)]] : []),
    ...(runs.some((run) => run.state !== "finished") ? [[`${runs.filter((run) => run.state === "finished").length} of ${runs.length} runs have finished.`]] : []),
  ];
}

function among(some: readonly Group[], all: readonly Group[]): string {
  return some.length === all.length ? "" : some.length > mostNamed ? ` for ${some.length} of ${all.length} problems` : ` for ${some.map((group) => group.name).join(", ")}`;
}

/** How many settings the runs of a group have, apart from their seeds. */
function settings(group: Group): number {
  return new Set(group.runs.map(settingOf)).size;
}

/** The largest number of seeds that a setting of the group was trained with. */
function mostSeeds(group: Group): number {
  return Math.max(...[...Map.groupBy(group.runs, settingOf).values()].map((own) => own.length));
}

function settingOf({ config }: Run): string {
  return JSON.stringify(Object.entries(config).filter(([name]) => !["seed", "threads", "checkpointEvery"].includes(name)));
}

function named(runs: readonly Run[]): (Node | string)[] {
  const links = runs.slice(0, mostNamed).flatMap((run, i) => [i > 0 ? ", " : "", linkTo(run)]);
  return runs.length > mostNamed ? [...links, ` and ${runs.length - mostNamed} more`] : links;
}

function linkTo(run: Run): HTMLElement {
  return element("a", { href: `#${identifier("run", run.name)}` }, run.name);
}
