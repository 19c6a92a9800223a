import { percent } from "../figures/usage.ts";
import { short } from "../written.ts";
import type { ColumnDifference, LayerUse, ModuleContext, ModuleDetail, Run } from "../types.ts";
import { labelled } from "./labels.ts";
import { nearestMap } from "./maps.ts";

// Shares of the picks: what takes nearly all has nothing that sets its inputs apart from the others.
const nearlyAll = 0.9;
const mostNamed = 3;

/** What a module does, in a sentence made from the measures. */
export function sentenceOf(run: Run, layer: LayerUse, module: ModuleDetail): string {
  if (module.usage === 0) return "Never the most probable choice: predictions do without it.";
  const found = [map(run, layer, module), classes(module), contexts(module), target(module), columns(module)].filter((part) => part !== "");
  if (found.length > 0) return `${found.join(". ")}.`;
  return module.usage > nearlyAll
    ? `Takes ${percent(module.usage)} of all choices, so that nothing sets its inputs apart from all inputs.`
    : `Takes ${percent(module.usage)} of all choices; nothing was found that sets its inputs apart${nothingBut(module)}.`;
}

/** Why nothing was found: inputs of all classes come to it, or the text has nothing that it reads more than others. */
function nothingBut({ classes: found, contexts: places }: ModuleDetail): string {
  if (found?.length) return ": it is picked for all about as often";
  return places === undefined ? "" : ": what is rare (fewer than 20 places) or read by others as often is not told";
}

function map(run: Run, layer: LayerUse, module: ModuleDetail): string {
  const maps = run.snapshots.at(-1)?.maps;
  const learned = layer.modules === maps?.length ? maps[module.module] : undefined;
  if (!learned) return "";
  const [a, b, c, d] = learned.matrix.map((number) => rounded(number));
  const [e, f] = learned.bias.map((number) => rounded(number));
  return `Computes y = [[${a}, ${b}], [${c}, ${d}]] x + (${e}, ${f})${nearestMap(run, learned)}`;
}

function rounded(number: number): string {
  const text = number.toFixed(2);
  return Number(text) === 0 ? "0" : text.replace("-", "−");
}

/** The part of a class that the module is picked for is the module's use times the lift. */
function classes({ classes: found, usage }: ModuleDetail): string {
  const telling = (found ?? []).filter((one) => one.lift > 1.1).slice(0, mostNamed).sort((a, b) => b.lift - a.lift);
  if (telling.length === 0) return "";
  return `Picked for ${listed(telling.map((one) => `${percent(Math.min(1, one.lift * usage))} of ${labelled(one.label)}`))}; ${telling.length === 1 ? "it is" : "these are"} ${percent(
    telling.reduce((sum, one) => sum + one.share, 0),
  )} of what it is picked for`;
}

function contexts({ contexts: found }: ModuleDetail): string {
  if (!found?.length) return "";
  const read = (kind: ModuleContext["kind"]) => found.filter((one) => one.kind === kind).slice(0, mostNamed).map((one) => `“${one.word}”`);
  const [words, places] = [read("word"), read("after")];
  return `Reads ${[...(words.length > 0 ? [listed(words)] : []), ...(places.length > 0 ? [`what follows ${listed(places, "or")}`] : [])].join(", and ")}`;
}

function target({ target: found }: ModuleDetail): string {
  if (!found) return "";
  const direction = found.mean > found.meanOfAll ? "higher" : "lower";
  return `For rows with a ${direction} ${found.column}: ${short(found.mean)} on average, ${short(found.meanOfAll)} in all rows`;
}

function columns({ columns: found }: ModuleDetail): string {
  const telling = (found ?? []).slice(0, mostNamed);
  return telling.length === 0 ? "" : `Its rows have ${listed(telling.map(difference))}`;
}

function difference(found: ColumnDifference): string {
  const direction = found.mean > found.meanOfAll ? "more" : "less";
  switch (found.kind) {
    case "number":
      return `a ${direction === "more" ? "higher" : "lower"} ${found.column}`;
    case "date":
      return `a ${direction === "more" ? "later" : "earlier"} ${found.column}`;
    case "yesNo":
      return `${found.column} ${direction} often`;
    case "category":
      return `${found.column} “${found.word ?? ""}” ${direction} often`;
    case "missing":
      return `${found.column} missing ${direction} often`;
  }
}

function listed(items: readonly string[], word = "and"): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}
