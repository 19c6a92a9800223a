type Attributes = Record<string, string | number | boolean | EventListener | undefined>;

/** Makes an element: attributes, listeners (onclick and the like) and children. Text is never read as HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== undefined && value !== false) made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** A name that can stand in an id. */
export function identifier(...parts: (string | number)[]): string {
  return parts.map((part) => String(part).replace(/[^A-Za-z0-9]+/g, "-")).join("-");
}

/** A path as a text that may go on in the next line after each folder. */
export function breakable(text: string): (Node | string)[] {
  return text.split(/(?<=[\\/])/).flatMap((part, i) => (i > 0 ? [element("wbr"), part] : [part]));
}
