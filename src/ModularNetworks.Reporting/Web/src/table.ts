import { csv } from "./csv.ts";
import { element } from "./dom.ts";
import { saveText } from "./save.ts";
import { choice, choose } from "./state.ts";

export type Cell = string | number | null | undefined;

/** A table whose rows can be sorted by any column, by a click or the keyboard. */
export function table(name: string, title: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): HTMLElement {
  const body = element("tbody");
  const headers = columns.map((column, i) =>
    element("th", { scope: "col" }, element("button", { type: "button", onclick: () => sortBy(i) }, column)),
  );
  const fill = () => {
    const { column, ascending } = choice(`sort-${name}`, { column: -1, ascending: true });
    const sorted = column < 0 ? rows : rows.toSorted((a, b) => compare(a[column], b[column]) * (ascending ? 1 : -1));
    headers.forEach((header, i) => header.setAttribute("aria-sort", i !== column ? "none" : ascending ? "ascending" : "descending"));
    body.replaceChildren(...sorted.map((row) => element("tr", {}, ...row.map(cell))));
  };
  const sortBy = (column: number) => {
    const now = choice(`sort-${name}`, { column: -1, ascending: true });
    choose(`sort-${name}`, { column, ascending: now.column === column ? !now.ascending : true });
    fill();
  };
  fill();
  const save = () =>
    saveText(`${name}.csv`, "text/csv", csv(rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])))));
  return element(
    "section",
    { class: "table", "data-table": name },
    element("h3", {}, title),
    element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, element("table", {}, element("thead", {}, element("tr", {}, ...headers)), body)),
    element("p", { class: "save" }, element("button", { type: "button", "aria-label": `Save ${title} as CSV`, onclick: save }, "CSV")),
  );
}

function cell(value: Cell): HTMLElement {
  const isNumber = typeof value === "number";
  return element("td", { class: isNumber ? "number" : undefined }, isNumber ? short(value) : (value ?? ""));
}

/** A number with as many digits as are worth reading. */
export function short(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(1) : size >= 10 ? value.toFixed(2) : size >= 0.001 ? value.toFixed(4) : value.toExponential(2);
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""), "en", { numeric: true });
}
