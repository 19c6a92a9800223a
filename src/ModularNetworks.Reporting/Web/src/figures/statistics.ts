/** A mean with its 95 % interval; without an interval where one number alone is known. */
export interface Spread {
  mean: number;
  low?: number;
  high?: number;
}

// Quantiles 0.975 of Student's t for 1 to 30 degrees of freedom; above these, the normal distribution's is close.
const students = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06,
  2.056, 2.052, 2.048, 2.045, 2.042,
];
const normal = 1.96;

/** The mean of some numbers with the 95 % interval of Student's t. */
export function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = (students[count - 2] ?? normal) * Math.sqrt(variance / count);
  return { mean, low: mean - half, high: mean + half };
}
