import { powerOfTen } from "./powers.ts";

/** What a number is: shares are written in per cent, differences of shares in points, seconds with one decimal. */
export type Kind = "number" | "share" | "points" | "seconds";

/** What the difference of two numbers of a kind is. */
export function differenceOf(kind: Kind): Kind {
  return kind === "share" ? "points" : kind;
}

/** A number as it is written everywhere on the page but on axes. */
export function written(value: number, kind: Kind): string {
  switch (kind) {
    case "share":
      return `${signed(value, (100 * Math.abs(value)).toFixed(1))} %`;
    case "points":
      return `${signed(value, points(100 * Math.abs(value)))} points`;
    case "seconds":
      return value.toFixed(1);
    case "number":
      return short(value);
  }
}

/** The two ends of an interval; nothing where one of them is not known. */
export function between(low: number | undefined, high: number | undefined, kind: Kind): string {
  return low === undefined || high === undefined ? "" : `${written(low, kind)} to ${written(high, kind)}`;
}

/** A number with as many digits as are worth reading. */
export function short(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en").replace("-", "−");
  const size = Math.abs(value);
  const digits = size >= 100 ? size.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 }) : size >= 10 ? size.toFixed(2) : size >= 0.001 ? size.toFixed(4) : withPower(size);
  return signed(value, digits);
}

function signed(value: number, digits: string): string {
  return value < 0 ? `−${digits}` : digits;
}

/** One decimal, unless it would hide that there is a difference. */
function points(size: number): string {
  return size >= 0.05 || size === 0 ? size.toFixed(1) : size.toPrecision(1);
}

function withPower(size: number): string {
  const [digits, power] = size.toExponential(1).split("e");
  return `${digits} · ${powerOfTen(Number(power))}`;
}
