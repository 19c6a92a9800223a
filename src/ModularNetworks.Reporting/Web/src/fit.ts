import { element } from "./dom.ts";

const widths = new WeakMap<Element, number>();

// The width alone: the height follows from what is shown.
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const width = Math.floor(target.clientWidth);
    if (width === 0 || widths.get(target) === width) continue;
    widths.set(target, width);
    target.classList.remove("stacked");
    target.classList.toggle("stacked", target.scrollWidth > target.clientWidth + 1);
  }
});

/** Shows a table as it is where there is room for all its columns, else each row as a card: no column is hidden. */
export function fit(table: HTMLTableElement): HTMLElement {
  const holder = element("div", { class: "fit" }, table);
  watcher.observe(holder);
  return holder;
}
