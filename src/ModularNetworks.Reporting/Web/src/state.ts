/**
 * What the reader has chosen: positions of sliders, selected groups. Kept apart from the page, so that it stays when the
 * page is drawn anew, and where the browser allows it, when it is opened again.
 */
const place = `modnet ${location.pathname}`;
const chosen = new Map<string, unknown>(remembered());

export function choice<T>(id: string, initial: T): T {
  return chosen.has(id) ? (chosen.get(id) as T) : initial;
}

export function choose(id: string, value: unknown): void {
  chosen.set(id, value);
  try {
    localStorage.setItem(place, JSON.stringify([...chosen]));
  } catch {
    // A browser that keeps nothing for files; the choice stays as long as the page is open.
  }
}

function remembered(): [string, unknown][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(kept) ? kept.filter((entry) => Array.isArray(entry) && entry.length === 2) : [];
  } catch {
    return [];
  }
}
