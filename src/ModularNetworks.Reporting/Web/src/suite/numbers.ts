import { identifier } from "../dom.ts";
import { numberAt } from "../json.ts";
import { metricOf } from "../metrics.ts";
import { tableOf, type Column } from "../table.ts";
import { between, differenceOf, written, type Kind } from "../written.ts";
import { spread, type SuiteRow } from "./rows.ts";

const columns: readonly Column<SuiteRow>[] = [
  { title: "task", value: (row) => row.task },
  { title: "method", value: (row) => row.method },
  { title: "at", value: (row) => row.table },
  measured("test", "mean", kindOf),
  { title: "95 % interval", value: (row) => interval(row.row, kindOf(row)) },
  measured("difference to dense", "differenceToDense.mean", (row) => differenceOf(kindOf(row))),
  { title: "its interval", value: (row) => interval(row.row["differenceToDense"], differenceOf(kindOf(row))) },
  { title: "gap closed", kind: "share", value: ({ row }) => numberAt(row, "gapClosed.mean") },
  { title: "multiply-adds of a prediction", value: ({ row }) => numberAt(row, "predictionOperations") },
  { title: "multiply-adds of the training", value: ({ row }) => numberAt(row, "trainingOperations") },
  { title: "modules used", value: ({ row }) => numberAt(row, "modulesUsed") },
];

/** All rows as a table. */
export function numbers(name: string, rows: readonly SuiteRow[]): HTMLElement {
  return tableOf(identifier("suite", name), "All rows of the suite", columns, rows);
}

/** A column of numbers whose kind is another in each row, as tasks are measured. */
function measured(title: string, path: string, kind: (row: SuiteRow) => Kind): Column<SuiteRow> {
  const value = ({ row }: SuiteRow) => numberAt(row, path);
  return { title, value, show: (row) => (value(row) === undefined ? [] : [written(value(row)!, kind(row))]) };
}

function kindOf(row: SuiteRow): Kind {
  return metricOf(row.metric).kind;
}

function interval(found: Parameters<typeof spread>[1], kind: Kind): string {
  const [one] = spread("", found);
  return between(one?.low, one?.high, kind);
}
