import { shape } from "../shape.ts";
import type { Measured } from "../measured.ts";
import { written } from "../written.ts";
import type { Goal } from "./results.ts";

const [width, height, margin] = [96, 26, 3];

/** A curve without axes, as large as a line of text: only its course is to be seen. */
export function sparkline(points: readonly Measured[], goal: Goal): SVGElement {
  const svg = shape("svg", { class: "sparkline", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": describe(points, goal) });
  const finite = points.filter((point) => Number.isFinite(point.value));
  if (finite.length === 0) return svg;
  const place = placing(finite);
  const last = place(finite.at(-1)!);
  if (finite.length > 1) svg.append(shape("path", { d: `M${finite.map((point) => place(point).join(" ")).join("L")}`, class: "course" }));
  svg.append(shape("circle", { cx: last[0], cy: last[1], r: 2.5, class: "end" }));
  return svg;
}

function placing(points: readonly Measured[]): (point: Measured) => [number, number] {
  const [steps, values] = [points.map((point) => point.step), points.map((point) => point.value)];
  const [low, high, first, last] = [Math.min(...values), Math.max(...values), Math.min(...steps), Math.max(...steps)];
  const between = (value: number, from: number, to: number) => (to > from ? (value - from) / (to - from) : 0.5);
  return ({ step, value }) => [
    Math.round(margin + between(step, first, last) * (width - 2 * margin)),
    Math.round(10 * (height - margin - between(value, low, high) * (height - 2 * margin))) / 10,
  ];
}

function describe(points: readonly Measured[], { name, kind }: Goal): string {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? `${name} from ${written(first.value, kind)} at step ${first.step} to ${written(last.value, kind)} at step ${last.step}` : `${name}: not measured`;
}
