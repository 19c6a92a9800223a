import type { JsonObject } from "../types.ts";

/** A datapoint as inspection.json has it: its kind says who draws it. */
export interface Datapoint extends JsonObject {
  kind: string;
  label?: string;
}

/** Draws datapoints of one kind. */
export type Renderer = (datapoint: Datapoint) => Node[];
