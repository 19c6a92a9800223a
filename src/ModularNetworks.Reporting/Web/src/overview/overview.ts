import { element, identifier } from "../dom.ts";
import { explained } from "../terms/explain.ts";
import { textOf } from "../json.ts";
import { measured } from "../measured.ts";
import { tableOf, type Column } from "../table.ts";
import { differenceOf, written } from "../written.ts";
import type { Run } from "../types.ts";
import { apartOf, useOf } from "./apart.ts";
import { doubtsOf } from "./doubts.ts";
import { sparkline } from "./sparkline.ts";
import { baselineOf, bestOf, groupsOf, isBetter, resultOf, type Group } from "./results.ts";
import { answers } from "./answers.ts";

interface Line {
  run: Run;
  group: Group;
}

/** What the reader wants to know first: which run is best, whether the modules came apart, and what speaks against relying on it. */
export function overview(runs: readonly Run[]): HTMLElement[] {
  const groups = groupsOf(runs);
  return [answers(groups), lines(groups)];
}

/** One line a run. */
function lines(groups: readonly Group[]): HTMLElement {
  return tableOf("overview", "All runs, a line each", columns(groups), rowsOf(groups));
}

function rowsOf(groups: readonly Group[]): Line[] {
  return groups.flatMap((group) => group.runs.map((run) => ({ run, group })));
}

function columns(groups: readonly Group[]): Column<Line>[] {
  const best = new Set(groups.filter((group) => group.runs.length > 1).map(bestOf));
  const result = ({ run, group }: Line) => resultOf(run, group.goal);
  const baseline = ({ run, group }: Line) => {
    const found = baselineOf(run, group);
    return found && resultOf(found, group.goal)?.value;
  };
  const difference = (line: Line) => {
    const [own, other] = [result(line)?.value, baseline(line)];
    return own === undefined || other === undefined ? undefined : own - other;
  };
  const all: Column<Line>[] = [
    { title: "run", value: ({ run }) => run.name, show: ({ run, group }) => runCell(run, group, best.has(run)) },
    { title: "course", value: () => undefined, show: ({ run, group }) => course(run, group) },
    { title: "result", value: (line) => result(line)?.value, show: (line) => resultCell(line) },
    { title: "baseline", value: baseline, show: (line) => baselineCell(baseline(line), line.group) },
    { title: "difference", value: difference, show: (line) => differenceCell(difference(line), line.group) },
    { title: "modules used", value: ({ run }) => useOf(run) },
    { title: "came apart?", value: ({ run }) => apartOf(run).word, show: ({ run }) => apartCell(run) },
    { title: "what to doubt", value: ({ run, group }) => doubtsOf(run, group).join("; "), show: ({ run, group }) => doubtsCell(doubtsOf(run, group)) },
  ];
  const rows = rowsOf(groups);
  return all.filter(({ value, show }) => rows.some((row) => (value(row) ?? "") !== "" || (show?.(row).length ?? 0) > 0));
}

/** A single measurement has no course. */
function course(run: Run, { goal }: Group): Node[] {
  const points = goal ? measured(run, goal.path) : [];
  return goal && points.length > 1 ? [sparkline(points, goal)] : [];
}

function runCell(run: Run, group: Group, isBest: boolean): (Node | string)[] {
  const link = element("a", { href: `#${identifier("run", run.name)}` }, run.name);
  return [link, ...(isBest ? [" ", element("span", { class: "best" }, "best")] : []), element("small", {}, `${group.name}, method ${textOf(run.config["method"])}`)];
}

function resultCell({ run, group }: Line): (Node | string)[] {
  const found = resultOf(run, group.goal);
  if (!found || !group.goal) return [element("small", {}, "not measured")];
  return [element("b", {}, written(found.value, group.goal.kind)), " ", element("small", {}, group.goal.name), element("small", {}, `step ${found.step.toLocaleString("en")}`)];
}

function baselineCell(value: number | undefined, { goal }: Group): string[] {
  return value === undefined || !goal ? [] : [written(value, goal.kind)];
}

function differenceCell(difference: number | undefined, { goal }: Group): (Node | string)[] {
  if (difference === undefined || !goal) return [];
  const word = difference === 0 ? "equal" : isBetter(goal, difference, 0) ? "better" : "worse";
  return [`${difference > 0 ? "+" : "−"}${written(Math.abs(difference), differenceOf(goal.kind))} `, element("small", { class: word }, word)];
}

function apartCell(run: Run): (Node | string)[] {
  const { word, why } = apartOf(run);
  return [element("b", { class: `apart ${word.replaceAll(" ", "-")}` }, word), ...(why ? [element("small", {}, ` ${why}`)] : [])];
}

function doubtsCell(doubts: readonly string[]): (Node | string)[] {
  if (doubts.length === 0) return [element("small", {}, "nothing seen")];
  const [first, ...others] = doubts.map((doubt) => element("li", {}, ...explained(firstSentence(doubt))));
  return [
    element("ul", { class: "doubts" }, first!),
    ...(others.length === 0 ? [] : [element("details", {}, element("summary", {}, `${others.length} more`), element("ul", { class: "doubts" }, ...others))]),
  ];
}

/** Advice stands in the run's own log. */
function firstSentence(text: string): string {
  return text.replace(/(?<=[a-z)]\.) .*$/s, "").replace(/\.$/, "");
}
