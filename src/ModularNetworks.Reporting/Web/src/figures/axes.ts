import * as Plot from "@observablehq/plot";
import { powerOfTen } from "../powers.ts";
import type { Kind } from "../written.ts";

/** What an axis shows: its ends, where it is labelled, and how. */
export interface Axis {
  type: "linear" | "log";
  domain: [number, number];
  ticks: number[];
  tickFormat: (value: number) => string;
}

const ticksOfNumbers = 5;
const smallestDecimal = 1e-4;
const largestDecimal = 1e7;

/** An axis of numbers that begins and ends at labels, around all of them; it begins at 0 if `from` says so. */
export function linearAxis(values: readonly number[], bounds: { from?: number; to?: number } = {}): Axis {
  const found = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...found, bounds.from ?? Infinity), Math.max(...found, bounds.to ?? -Infinity)];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return labelled(0, 1);
  if (low < high) return labelled(low, high);
  // A single number has no range: it stands in the middle of a round one.
  const around = low === 0 ? 1 : Math.abs(low) / 2;
  return labelled(low - around, high + around);
}

/** An axis of positive numbers: of powers of ten if these are far apart, else as other numbers. */
export function logAxis(values: readonly number[]): Axis {
  const found = values.filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = [Math.min(...found), Math.max(...found)];
  if (found.length === 0 || high / low < 100) return linearAxis(found);
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const every = Math.max(1, Math.ceil((to - from) / ticksOfNumbers));
  // The labels go down from the top, so that the axis ends at one there.
  const powers = Array.from({ length: Math.ceil((to - from) / every) + 1 }, (_, i) => to - i * every);
  return { type: "log", domain: [10 ** powers.at(-1)!, 10 ** to], ticks: powers.reverse().map((power) => 10 ** power), tickFormat: (value) => powerOfTen(Math.round(Math.log10(value))) };
}

/** The axis of training steps below a drawing. */
export function stepAxis(width: number): Plot.ScaleOptions {
  return { label: "training step", labelAnchor: "center", labelArrow: "none", ticks: Math.max(2, Math.floor(width / 130)), tickFormat: (step: number) => (Number.isInteger(step) ? step.toLocaleString("en") : "") };
}

/** Options of a vertical axis, named above it, with lines at its labels only. */
export function vertical(axis: Axis, label: string): Plot.ScaleOptions {
  return { ...axis, label, labelArrow: "none", grid: true };
}

/** An axis of numbers of a kind, which its labels are written by. */
export function axisOf(kind: Kind, axis: Axis): Axis {
  if (kind !== "share" && kind !== "points") return axis;
  const step = 100 * (axis.ticks[1]! - axis.ticks[0]!);
  return { ...axis, tickFormat: (value) => decimal(100 * value, step) + (kind === "share" ? " %" : "") };
}

/** A share as people say it. */
export function percentTick(share: number): string {
  return `${Math.round(share * 1000) / 10} %`.replace("-", "−");
}

function labelled(low: number, high: number): Axis {
  const step = roundStep((high - low) / (ticksOfNumbers - 1));
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { type: "linear", domain: [first * step, last * step], ticks, tickFormat: (value) => decimal(value, step) };
}

/** The step of 1, 2 or 5 times a power of ten that is next to a distance. */
function roundStep(distance: number): number {
  const power = 10 ** Math.floor(Math.log10(distance));
  const times = distance / power;
  return (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10) * power;
}

/** All labels of an axis have the same number of decimals. */
function decimal(value: number, step: number): string {
  if (step < smallestDecimal || Math.abs(value) >= largestDecimal) return value === 0 ? "0" : value.toExponential(1).replace(/e(.*)/, (_, power: string) => ` · ${powerOfTen(Number(power))}`).replace("-", "−");
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return (Math.abs(value) < step / 2 ? 0 : value).toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace("-", "−");
}
