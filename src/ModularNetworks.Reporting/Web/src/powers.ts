const raised = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

/** A power of ten as people write it. */
export function powerOfTen(power: number): string {
  if (power === 0) return "1";
  if (power === 1) return "10";
  return `10${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => raised[Number(digit)]).join("")}`;
}
