/** A term with a short explanation for readers who do not know the paper. */
export interface Term {
  id: string;
  name: string;
  /** How it is written in texts of the page; the name if there is nothing else. */
  written: string[];
  short: string;
  /** Formula or source. */
  more?: string;
  /** Where the documentation has more. */
  docs: string;
}

const report = "docs/report.md, Numbers";
const measures = "docs/measures.md";

export const glossary: readonly Term[] = [
  { id: "module", name: "module", written: ["modules used"], short: "A small part of the network that computes only for the inputs it is picked for. “Used” are those with more than a tenth of an equal share of the picks.", docs: "README.md" },
  { id: "came-apart", name: "came apart", written: ["came apart?", "come apart"], short: "Whether modules do different work for different inputs: “yes” if the choice of a module tells at least half of the most that it could tell about the input, “partly” from a fifth on. A layer in which one module does all lowers “yes” to “partly”.", more: "I(a; x) / ln M, a mean over layers", docs: report },
  { id: "baseline", name: "baseline", written: ["baseline"], short: "The same network without a choice of modules (--method fixed), on the same data. A result is worth something if it is better than that.", docs: "docs/when-modules-pay.md" },
  { id: "result", name: "result", written: ["result"], short: "On test data, which training never saw: at the step where validation data were best if there are some, else at the last step. The best test result of all steps would flatter.", docs: report },
  { id: "selection-entropy", name: "H_a, selection entropy", written: ["Selection entropy H_a", "H_a"], short: "How undecided the choice for a single input is: 0 when every choice is certain, at most ln M.", more: "mean over x of −Σ p(a|x) ln p(a|x), in nats (Eq. 15)", docs: report },
  { id: "batch-selection-entropy", name: "H_b, batch selection entropy", written: ["Batch selection entropy H_b", "H_b"], short: "How evenly modules are used over all inputs: 0 when one module does all, ln M when all are used equally.", more: "−Σ p̄(a) ln p̄(a) with p̄ the mean of p(a|x), in nats (Eq. 16)", docs: report },
  { id: "information", name: "I(a; x), information", written: ["I(a; x)"], short: "What the choice of a module tells about its input: 0 if modules are chosen regardless of it.", more: "H_b − H_a, in nats", docs: report },
  { id: "effective-modules", name: "effective modules", written: ["effective modules"], short: "As many modules, used equally, would be used as evenly as these.", more: "exp(H_b)", docs: report },
  { id: "dead-modules", name: "dead modules", written: ["dead modules", "never the most probable"], short: "Modules that are never the most probable choice: they could be left out.", docs: report },
  { id: "load", name: "largest over mean load", written: ["largest over mean load"], short: "How much more the busiest module is used than an average one: 1 is even, M is one module for all.", docs: report },
  { id: "collapse", name: "collapse", written: ["Collapse-Avg", "Collapse-Worst", "has collapsed"], short: "One or few modules do all the work. Collapse-Avg and Collapse-Worst say how unevenly modules are used: 0 is even; 1 is a single module (Avg), or some module never used (Worst).", docs: measures },
  { id: "composition", name: "a*, stored composition", written: ["stored compositions", "a*"], short: "The modules that training has found best for a datapoint, knowing the right answer. Predictions do without: they take what the controllers choose.", docs: measures },
  { id: "e-step", name: "E-step", written: ["E-step visits", "E-step", "E-steps"], short: "The part of training that tries other modules for a datapoint and keeps the best. Gradient steps (M-steps) then train those modules.", docs: "docs/training.md" },
  { id: "controller", name: "controller", written: ["Controller", "controllers", "controller"], short: "The part of a modular layer that sees the input and chooses modules for it.", docs: "docs/architecture.md" },
  { id: "perplexity", name: "perplexity", written: ["perplexity"], short: "Among how many equally likely words or characters the model hesitates, on average: lower is better.", more: "exp of the mean −ln p of a word or character", docs: report },
  { id: "log-likelihood", name: "log-likelihood", written: ["log-likelihood", "log p(y | x, a)"], short: "How probable the right answers are to the model, as a logarithm: 0 would be certainty.", more: "mean log p(y | x, a), in nats", docs: report },
  { id: "mutual-information", name: "mutual information", written: ["Mutual information", "mutual information"], short: "How much knowing the module tells about the label; “normalised” is from 0 (nothing) to 1 (everything).", docs: report },
  { id: "oracle-gap", name: "oracle gap", written: ["oracle gap"], short: "What better choices of modules could still gain.", docs: measures },
  { id: "leakage", name: "leakage", written: ["leakage"], short: "How much choices that know the right answer gain over those that do not.", docs: measures },
  { id: "alignment", name: "alignment", written: ["alignment", "adaptation"], short: "How well modules match the rules that made the data: 0 is best, 1 worst.", docs: measures },
  { id: "seed", name: "seed", written: ["one seed", "seed"], short: "The number that decides every random choice of a run. Runs that differ only in it show how much is chance.", docs: "docs/training.md" },
  { id: "m-and-k", name: "M and K", written: ["M", "K"], short: "M is the number of modules of a layer, K how many of them are used at once.", docs: "docs/training.md" },
  { id: "nats", name: "nats", written: ["nats"], short: "The unit of entropy and information with natural logarithms: 1 nat is 1.44 bits.", docs: report },
  { id: "lift", name: "lift", written: ["times its share of all"], short: "How much more often the module is picked here than elsewhere: 1 is no difference.", more: "P(module | context) / P(module)", docs: report },
];
