import { element } from "../dom.ts";
import { textOf } from "../json.ts";
import type { Run } from "../types.ts";

const environment = ["version", "simd", "threads", "peakResidentBytes", "wallSeconds"];

/** Every option of every run, and where it ran; what differs between the runs is marked. */
export function configuration(runs: readonly Run[]): HTMLElement {
  const options = names(runs.map((run) => Object.keys(run.config)));
  const rows = [
    ...options.map((name) => ({ name, values: runs.map((run) => textOf(run.config[name])) })),
    ...environment.map((name) => ({ name: `${name} (environment)`, values: runs.map((run) => textOf(run.summary?.[name])) })),
  ];
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": "Configuration" },
    element(
      "table",
      { class: "configuration" },
      element("thead", {}, element("tr", {}, ...["option", ...runs.map((run) => run.name)].map((title) => element("th", { scope: "col" }, title)))),
      element(
        "tbody",
        {},
        ...rows.map(({ name, values }) => {
          const differs = new Set(values).size > 1;
          return element(
            "tr",
            { class: differs ? "differs" : undefined },
            element("th", { scope: "row" }, differs ? `${name} ≠` : name),
            ...values.map((value) => element("td", {}, value)),
          );
        }),
      ),
    ),
  );
}

function names(lists: readonly string[][]): string[] {
  return [...new Set(lists.flat())];
}
