import { element } from "../dom.ts";
import { glossary } from "./glossary.ts";

/** All terms with their formulas, and where the documentation has more. */
export function terms(): HTMLElement[] {
  return [
    element(
      "dl",
      { class: "terms" },
      ...glossary.flatMap((term) => [
        element("dt", { id: `term-${term.id}` }, term.name),
        element(
          "dd",
          {},
          term.short,
          ...(term.more ? [element("code", {}, term.more)] : []),
          element("small", {}, `Documentation: ${term.docs}`),
        ),
      ]),
    ),
  ];
}
