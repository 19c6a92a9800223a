import type { Datapoint } from "./datapoints/datapoint.ts";

/** What the page is given: the runs as `RunData` writes them. */
export interface Report {
  version: string;
  generated?: string;
  live: boolean;
  runs: Run[];
  comparisons: Comparison[];
  /** A line for each further folder, which cannot be read. */
  problems: string[];
}

/** What a comparison of methods found: `modnet compare` on one's own data, or the benchmark suite; as compare.json or suite.json says. */
export interface Comparison {
  name: string;
  kind: "compare" | "suite";
  report: JsonObject;
  /** Of the suite: what the names of tasks and methods mean. */
  names?: JsonObject;
}

export type RunState = "finished" | "training" | "stopped";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface JsonObject {
  [key: string]: Json | undefined;
}

export interface Run {
  name: string;
  state: RunState;
  config: JsonObject;
  summary: JsonObject | null;
  metrics: JsonObject[];
  metricsTotal: number;
  snapshots: Snapshot[];
  inspection: Inspection | null;
  warnings: string[];
}

/** What the controllers do on a fixed batch at one step. */
export interface Snapshot {
  step: number;
  layers: SnapshotLayer[];
  flows: Flow[];
  maps?: ModuleMap[];
  /** Of the first points, the modules that are picked. */
  selected?: number[][];
  rows?: string[];
  columns?: string[];
  toy?: Toy;
}

export interface SnapshotLayer {
  name: string;
  modules: number;
  picks: number;
  /** [rows][picks][modules] */
  probabilities: number[][][];
}

/** How the datapoints of a group go through the modules. */
export interface Flow {
  group: string;
  count: number;
  /** For each column, pairs of module and picks. */
  nodes: [number, number][][];
  /** For each pair of neighbouring columns, triples of module, module and paths. */
  edges: [number, number, number][][];
}

export interface ModuleMap {
  /** y = [[a, b], [c, d]] x + bias */
  matrix: [number, number, number, number];
  bias: [number, number];
}

export interface Toy {
  rotation: [number, number, number, number];
  scaling: [number, number, number, number];
  points: { x: [number, number]; y: [number, number]; map: "R" | "S" }[];
}

export interface LayerUse {
  name: string;
  modules: number;
  selectionEntropy: number;
  batchSelectionEntropy: number;
  information: number;
  effectiveModules: number;
  deadModules: number[];
  loadRatio: number;
  collapseAverage?: number;
  collapseWorst?: number;
  usage: number[];
  labels?: { kind: string; mutualInformation: number; normalizedMutualInformation: number }[];
  rules?: { alignment: number; inverseMutualInformation: number; adaptation: number };
  details?: ModuleDetail[];
}

export interface ModuleDetail {
  module: number;
  usage: number;
  classes?: { label: string; share: number; lift: number }[];
  target?: { column: string; mean: number; meanOfAll: number };
  columns?: ColumnDifference[];
  contexts?: ModuleContext[];
  images?: number[];
  /** The numbers of typical datapoints. */
  datapoints?: number[];
  /** The test result of the network without the module. */
  without?: number | null;
}

export interface ColumnDifference {
  column: string;
  kind: "number" | "date" | "yesNo" | "category" | "missing";
  word?: string;
  mean: number;
  meanOfAll: number;
  deviations: number;
}

export interface ModuleContext {
  kind: "word" | "after";
  word: string;
  share: number;
  part?: number;
  lift: number;
  count: number;
  examples: { before: string; word: string; after: string }[];
}

export interface Inspection {
  step: number;
  split: string;
  storedAgreement?: number | null;
  oracleGap?: { nats: number; samples: number; datapoints: number } | null;
  /** Without samples all compositions were tried. */
  leakage?: { nats: number; samples?: number; datapoints: number };
  eStepVisits?: number;
  /** The test result of the whole network, beside those without single modules. */
  ablation?: { metric: string; value?: number | null };
  layers: LayerUse[];
  thumbnails?: { [image: string]: { label: string; png: string } };
  datapoints?: { [number: string]: Datapoint };
}
