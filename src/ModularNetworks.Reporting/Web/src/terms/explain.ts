import { element } from "../dom.ts";
import { glossary, type Term } from "./glossary.ts";

const byWriting = new Map(glossary.flatMap((term) => term.written.map((text) => [text, term] as const)));
const writings = [...byWriting.keys()].sort((a, b) => b.length - a.length).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
const pattern = new RegExp(`(?<![\\w-])(?:${writings.join("|")})(?![\\w-])`, "g");

/** A text in which each term of the glossary, where it first stands, explains itself. */
export function explained(text: string): (Node | string)[] {
  const [parts, seen] = [[] as (Node | string)[], new Set<Term>()];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    const term = byWriting.get(found[0])!;
    if (seen.has(term)) continue;
    seen.add(term);
    parts.push(text.slice(end, found.index), mark(term, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

/** A title whose terms explain themselves; where the paper has the same, this is a small mark behind it. */
export function explainedTitle(title: string): (Node | string)[] {
  const [, own, paper] = /^(.*?)( \(as [^)]*\))?$/s.exec(title) ?? [];
  return [...explained(own ?? title), ...(paper ? [element("small", { class: "paper" }, paper)] : [])];
}

/** A mark beside a text that is a button itself, such as the head of a column. */
export function explanationOf(text: string): Node[] {
  const term = byWriting.get(text);
  return term ? [mark(term, "?")] : [];
}

function mark(term: Term, text: string): HTMLElement {
  const isSign = text === "?";
  return element(
    "button",
    { type: "button", class: isSign ? "term sign" : "term", "data-term": term.id, "aria-expanded": "false", "aria-label": isSign ? `What is ${term.name}?` : undefined },
    text,
  );
}
