/**
 * What the reader has chosen: positions of sliders, selected groups. Kept apart from the page, so that it stays when the
 * page is drawn anew.
 */
const chosen = new Map<string, unknown>();

export function choice<T>(id: string, initial: T): T {
  return chosen.has(id) ? (chosen.get(id) as T) : initial;
}

export function choose(id: string, value: unknown): void {
  chosen.set(id, value);
}
