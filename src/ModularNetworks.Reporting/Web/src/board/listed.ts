import { counted } from "../counted.ts";
import type { RunState } from "../types.ts";

/** A run in the board's list. */
export interface ListedRun {
  name: string;
  state: RunState;
  experiment: string;
  method: string;
  modules: number;
  parallel: number;
  seed: number;
  steps: number;
  step: number;
  /** Of the newest lines of metrics; null where they do not tell. */
  stepsPerSecond: number | null;
  /** What the reader should look at: modules collapsed, or the training got much worse. */
  alarm: string | null;
  /** Why the run cannot be shown. */
  problem: string | null;
}

/** What a run's line in the list says. */
export function described(run: ListedRun): string {
  const text = `${run.name}: ${run.experiment} ${run.method}, ${run.parallel} of ${counted(run.modules, "module")} at once, ${run.state}, step ${whole(run.step)} of ${whole(run.steps)}`;
  return run.state === "training" ? [text, ...pace(run)].join(", ") : text;
}

/** The folder that a run lies in; "" for the board's own. */
export function folderOf(run: ListedRun): string {
  return run.name.slice(0, Math.max(0, run.name.lastIndexOf("/")));
}

function pace({ stepsPerSecond: rate, step, steps }: ListedRun): string[] {
  if (rate === null || !(rate > 0)) return [];
  const speed = rate >= 10 ? `${whole(Math.round(rate))} steps/s` : rate >= 0.1 ? `${rate.toFixed(1)} steps/s` : `${whole(Math.round(1 / rate))} s/step`;
  return [speed, `${duration(Math.max(0, steps - step) / rate)} left`];
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
}

function whole(value: number): string {
  return value.toLocaleString("en");
}
