import { csv } from "./csv.ts";
import { element } from "./dom.ts";
import { saveText } from "./save.ts";
import { choice, choose } from "./state.ts";
import { explainedTitle, explanationOf } from "./terms/explain.ts";
import { fit } from "./fit.ts";
import { written, type Kind } from "./written.ts";

export type Cell = string | number | null | undefined;

/** A column of a table. */
export interface Column<Row> {
  title: string;
  /** What its numbers are; numbers of no special kind if it is left out. */
  kind?: Kind;
  /** What rows are sorted by, and what is saved. */
  value: (row: Row) => Cell;
  /** What is shown, if it is more than the value. */
  show?: (row: Row) => (Node | string)[];
}

/** A table of plain cells. */
export function table(name: string, title: string, columns: readonly (string | { title: string; kind: Kind })[], rows: readonly (readonly Cell[])[]): HTMLElement {
  return tableOf(name, title, columns.map((column, i) => ({ ...(typeof column === "string" ? { title: column } : column), value: (row: readonly Cell[]) => row[i] })), rows);
}

/** A table whose rows, if there are several, can be sorted by any column, by a click or the keyboard. Where it has no room, each row becomes a card. */
export function tableOf<Row>(name: string, title: string, columns: readonly Column<Row>[], rows: readonly Row[]): HTMLElement {
  const body = element("tbody");
  const numeric = columns.map(({ value }) => rows.some((row) => typeof value(row) === "number") && rows.every((row) => typeof (value(row) ?? 0) === "number"));
  // Drawings have no order.
  const isSorted = columns.map(({ value }) => rows.length > 1 && rows.some((row) => (value(row) ?? "") !== ""));
  const headers = columns.map((column, i) => header(column.title, numeric[i]!, isSorted[i] ? () => sortBy(i) : undefined));
  const fill = () => {
    const { column, ascending } = choice(`sort-${name}`, { column: -1, ascending: true });
    const value = columns[column]?.value;
    const sorted = value ? rows.toSorted((a, b) => compare(value(a), value(b)) * (ascending ? 1 : -1)) : rows;
    headers.forEach((head, i) => isSorted[i] && head.setAttribute("aria-sort", i !== column ? "none" : ascending ? "ascending" : "descending"));
    body.replaceChildren(...sorted.map((row) => element("tr", {}, ...columns.map((shown) => cell(row, shown)))));
  };
  const sortBy = (column: number) => {
    const now = choice(`sort-${name}`, { column: -1, ascending: true });
    choose(`sort-${name}`, { column, ascending: now.column === column ? !now.ascending : true });
    fill();
  };
  fill();
  const save = () => saveText(`${name}.csv`, "text/csv", csv(rows.map((row) => Object.fromEntries(columns.map((column) => [column.title, column.value(row)])))));
  return element(
    "section",
    { class: rows.length > 1 ? "table" : "table single", "data-table": name },
    element("h3", {}, ...explainedTitle(title)),
    fit(element("table", {}, element("thead", {}, element("tr", {}, ...headers)), body)),
    element("p", { class: "save" }, element("button", { type: "button", "aria-label": `Save ${title} as CSV`, onclick: save }, "CSV")),
  );
}

function header(title: string, isNumber: boolean, sort: (() => void) | undefined): HTMLElement {
  const name = sort ? element("button", { type: "button", class: "sort", onclick: sort }, title) : title;
  return element("th", { scope: "col", class: isNumber ? "number" : undefined }, name, ...explanationOf(title));
}

function cell<Row>(row: Row, { title, kind, value, show }: Column<Row>): HTMLElement {
  const content = value(row);
  const isNumber = typeof content === "number";
  const shown = show ? show(row) : [isNumber ? written(content, kind ?? "number") : (content ?? "")];
  const isEmpty = shown.every((part) => part === "");
  return element("td", { class: isNumber ? "number" : undefined, "data-title": title }, ...(isEmpty ? [] : shown));
}

/** What is not known comes last in ascending order. */
function compare(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number" || typeof b === "number") return typeof a === "number" ? -1 : 1;
  return String(a ?? "").localeCompare(String(b ?? ""), "en", { numeric: true });
}
