import { identifier } from "../dom.ts";
import { numberAt } from "../json.ts";
import { short, table, type Cell } from "../table.ts";
import { spread, type SuiteRow } from "./rows.ts";

/** All rows as a table. */
export function numbers(name: string, rows: readonly SuiteRow[]): HTMLElement {
  const columns: [string, (row: SuiteRow) => Cell][] = [
    ["task", (row) => row.task],
    ["method", (row) => row.method],
    ["at", (row) => row.table],
    ["test", ({ row }) => numberAt(row, "mean")],
    ["95 % interval", ({ row }) => interval(row)],
    ["difference to dense", ({ row }) => numberAt(row, "differenceToDense.mean")],
    ["its interval", ({ row }) => interval(row["differenceToDense"])],
    ["gap closed", ({ row }) => numberAt(row, "gapClosed.mean")],
    ["multiply-adds of a prediction", ({ row }) => numberAt(row, "predictionOperations")],
    ["multiply-adds of the training", ({ row }) => numberAt(row, "trainingOperations")],
    ["modules used", ({ row }) => numberAt(row, "modulesUsed")],
  ];
  return table(
    identifier("suite", name),
    "All rows of the suite",
    columns.map(([title]) => title),
    rows.map((row) => columns.map(([, value]) => value(row))),
  );
}

function interval(measured: Parameters<typeof spread>[1]): string {
  const [found] = spread("", measured);
  return found?.low === undefined || found.high === undefined ? "" : `${short(found.low)} to ${short(found.high)}`;
}
