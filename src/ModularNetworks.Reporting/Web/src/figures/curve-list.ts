import { measured, numbersOf } from "../measured.ts";
import { metricOf, splits } from "../metrics.ts";
import type { Run } from "../types.ts";
import type { Kind } from "../written.ts";

/** A number of the lines of metrics that is drawn over the steps of training. */
export interface Curve {
  name: string;
  title: string;
  path: string;
  unit: string;
  kind?: Kind;
  caption: string;
  isLog?: boolean;
  /** Whether the axis begins at 0. */
  isEntropy?: boolean;
  /** Whether lines show ln M. */
  hasLargestEntropy?: boolean;
}

const entropies: Curve[] = [
  {
    name: "selection-entropy",
    title: "Selection entropy H_a",
    path: "selectionEntropy",
    unit: "entropy in nats",
    caption: "How uncertain a single selection is, on held-out data: 0 when every choice is decided.",
    isEntropy: true,
  },
  {
    name: "batch-selection-entropy",
    title: "Batch selection entropy H_b",
    path: "batchSelectionEntropy",
    unit: "entropy in nats",
    caption: "How evenly modules are used over held-out data: 0 when one does all, ln M when all are used equally. Modules in families can reach ln (M / K).",
    isEntropy: true,
    hasLargestEntropy: true,
  },
];

const training: Curve[] = [
  {
    name: "log-likelihood",
    title: "Training log-likelihood",
    path: "train.logLikelihood",
    unit: "nats",
    caption: "The mean log p(y | x, a) of gradient steps since the point before, per word or datapoint.",
  },
  {
    name: "changed-share",
    title: "Compositions changed by an E-step",
    path: "eStep.changedShare",
    unit: "share",
    kind: "share",
    caption: "The share of datapoints for which the last E-step found better modules.",
  },
];

// What training itself has is drawn below; each of many tasks by itself would be a page of its own.
const notDrawn = /^selectionLogProbability$|OfTask\d+$/;
const logarithmic = ["loss", "perplexity"];

/** What is special about a curve of an experiment: other words, or where the paper has it. */
interface Special {
  paper?: string;
  title?: string;
  caption?: string;
  unit?: string;
}

const ofImages: Record<string, Special> = { "test-accuracy": { paper: "Figure 6" }, "train-accuracy": { paper: "Figure 6" } };
const specials: Record<string, Record<string, Special>> = {
  toy: {
    "test-loss": { paper: "Figure 3b", title: "Loss on held-out points", unit: "mean squared distance", caption: "The mean squared distance to the target." },
    "selection-entropy": { paper: "Figure 3b" },
    "batch-selection-entropy": { paper: "Figure 3b" },
  },
  ptb: {
    "test-perplexity": { title: "Test perplexity where validation was best", caption: "The perplexity of the test text, wherever the validation text's was lower than ever before." },
    "selection-entropy": { paper: "Figure 4" },
    "batch-selection-entropy": { paper: "Figure 4" },
  },
  cifar10: ofImages,
  optdigits: ofImages,
  images: ofImages,
};

/** The curves of some runs of one experiment: all numbers that they measured, entropies, and what training tells. */
export function curvesOf(experiment: string, runs: readonly Run[]): Curve[] {
  const own = Object.keys(splits).flatMap((split) => numbersOf(runs, split).filter((number) => isDrawn(runs, split, number)).map((number) => curveOf(split, number)));
  return [...own, ...entropies, ...training]
    .filter((curve) => runs.some((run) => measured(run, curve.path).length > 0))
    .map((curve) => withSpecial(curve, (Object.hasOwn(specials, experiment) ? specials[experiment] : undefined)?.[curve.name] ?? {}));
}

/** The log-likelihood of held-out data is drawn where nothing else was measured. */
function isDrawn(runs: readonly Run[], split: string, number: string): boolean {
  return !notDrawn.test(number) && (number !== "logLikelihood" || (split !== "train" && numbersOf(runs, split).length === 1));
}

function curveOf(split: string, number: string): Curve {
  const { words, unit, kind, about } = metricOf(number);
  const part = splits[split]!;
  return {
    name: `${split}-${number.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    title: `${part[0]!.toUpperCase()}${part.slice(1)} ${words}`,
    path: `${split}.${number}`,
    unit,
    kind,
    caption: `${about} On ${part} data.`,
    isLog: logarithmic.includes(number),
  };
}

function withSpecial(curve: Curve, { paper, title, caption, unit }: Special): Curve {
  const named = title ?? curve.title;
  return { ...curve, title: paper ? `${named} (as ${paper})` : named, caption: caption ?? curve.caption, unit: unit ?? curve.unit };
}
