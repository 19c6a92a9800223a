import type { Kind } from "./written.ts";

/** A number that is measured on a part of the data. */
export interface Metric {
  /** In words, as it stands within a sentence. */
  words: string;
  higherIsBetter: boolean;
  /** What its axis says. */
  unit: string;
  kind: Kind;
  about: string;
}

const known: Record<string, Metric> = {
  accuracy: { words: "accuracy", higherIsBetter: true, unit: "share", kind: "share", about: "The share of datapoints whose most probable class is theirs." },
  storedAccuracy: { words: "accuracy with stored compositions", higherIsBetter: true, unit: "share", kind: "share", about: "The share of datapoints that are classified rightly with the compositions a* that E-steps picked knowing the labels." },
  perplexity: { words: "perplexity", higherIsBetter: false, unit: "perplexity", kind: "number", about: "Among how many equally likely words or characters the model hesitates: lower is better." },
  streamPerplexity: { words: "perplexity of the running text", higherIsBetter: false, unit: "perplexity", kind: "number", about: "The perplexity where the model carries its state over the whole text, which training does not: lower is better." },
  bitsPerCharacter: { words: "bits per character", higherIsBetter: false, unit: "bits per character", kind: "number", about: "How many bits a character costs: lower is better." },
  bitsPerByte: { words: "bits per byte", higherIsBetter: false, unit: "bits per byte", kind: "number", about: "How many bits a byte costs: lower is better." },
  r2: { words: "R²", higherIsBetter: true, unit: "R²", kind: "number", about: "The part of the target's variance that is predicted: 1 is all of it, 0 what the mean predicts." },
  loss: { words: "loss", higherIsBetter: false, unit: "loss", kind: "number", about: "The mean loss of a datapoint: lower is better." },
  meanAbsoluteError: { words: "mean absolute error", higherIsBetter: false, unit: "mean absolute error", kind: "number", about: "The mean distance to the target, in its unit: lower is better." },
  backwardTransfer: { words: "backward transfer", higherIsBetter: true, unit: "difference in accuracy, in points", kind: "points", about: "How much the accuracy of earlier tasks changed by learning the later ones: below 0, something was forgotten." },
  logLikelihood: { words: "log-likelihood", higherIsBetter: true, unit: "nats", kind: "number", about: "How probable the right answers are to the model: 0 would be certainty." },
};

// Names of numbers of one's own that are better when they are lower have one of these.
const lowerIsBetter = /loss|error|perplexity|bits|distance/i;

/** What is known about a number: of one that the page does not know, what its name tells. */
export function metricOf(name: string): Metric {
  const words = name.replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`).replace(/(?<=[a-z])(?=\d+$)/, " ");
  const isLower = lowerIsBetter.test(name);
  return knownOf(name) ?? { words, higherIsBetter: !isLower, unit: words, kind: kindOf(name), about: `The number “${name}” of the experiment: ${isLower ? "lower" : "higher"} is better.` };
}

function knownOf(name: string): Metric | undefined {
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** What a number of one of many tasks is, is told by the number that it is of all. */
function kindOf(name: string): Kind {
  return knownOf(name.replace(/OfTask\d+$/, ""))?.kind ?? "number";
}

/** The parts of the data by which numbers are drawn, in words. */
export const splits: Record<string, string> = { test: "test", valid: "validation", train: "training" };

/** The first of these that was measured on test data is what runs are compared by; else another of the experiment's own. */
export const decisive: readonly string[] = ["accuracy", "perplexity", "r2", "loss"];
