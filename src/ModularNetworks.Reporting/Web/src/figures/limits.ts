import { written, type Kind } from "../written.ts";

/** A mean with its interval. */
interface Spread {
  mean: number;
  low?: number;
  high?: number;
}

// What is worse by more than so many times the largest gain would leave no room to tell gains apart.
const mostTimes = 3;

/** The ends of an axis of differences: all that is better, and what is worse by up to a few times as much. */
export function limitsOf(found: readonly Spread[], higherIsBetter: boolean): [number, number] {
  const ends = found.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]).map((end) => (higherIsBetter ? end : -end));
  const [worst, best] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const least = best > 0 ? Math.max(worst, -mostTimes * best) : worst;
  return higherIsBetter ? [least, best] : [-best, -least];
}

/** A mean and its interval as far as an axis goes, and what is written beside it: of a mean beyond the axis, that it lies there. */
export function within({ mean, low, high }: Spread, [from, to]: readonly [number, number], kind: Kind): Spread & { text: string } {
  const held = (value: number) => Math.min(to, Math.max(from, value));
  const interval = low === undefined || high === undefined ? {} : { low: held(low), high: held(high) };
  return { mean: held(mean), ...interval, text: held(mean) === mean ? written(mean, kind) : `← ${written(mean, kind)}` };
}
