import { element } from "../dom.ts";
import { glossary, type Term } from "./glossary.ts";

const gap = 6;
const closeAfterMilliseconds = 250;

/** Shows the explanation of a term beside it, while the pointer or the focus is there. One is enough for all terms of the page. */
export function explainTerms(): void {
  const bubble = new Bubble();
  document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && bubble.pointAt(event.target as Element));
  document.addEventListener("focusin", (event) => bubble.focus(event.target as Element));
  document.addEventListener("click", (event) => bubble.click(event.target as Element));
  document.addEventListener("keydown", (event) => event.key === "Escape" && bubble.close());
  document.addEventListener("scroll", () => bubble.place(), { passive: true, capture: true });
}

class Bubble {
  private readonly box = element("div", { class: "bubble", role: "note", popover: "manual" });
  private mark: Element | undefined;
  private closing: number | undefined;

  pointAt(target: Element): void {
    const mark = markAt(target);
    if (mark) this.open(mark);
    else if (this.mark && !this.box.contains(target)) this.closeSoon();
    else window.clearTimeout(this.closing);
  }

  focus(target: Element): void {
    const mark = markAt(target);
    if (mark) this.open(mark);
    else if (!this.box.contains(target)) this.close();
  }

  click(target: Element): void {
    const mark = markAt(target);
    if (mark) this.open(mark);
    else this.close();
  }

  close(): void {
    window.clearTimeout(this.closing);
    this.mark?.setAttribute("aria-expanded", "false");
    this.mark = undefined;
    this.box.remove();
  }

  /** Below the term, or above it where there is no room; always within the window. */
  place(): void {
    if (!this.mark) return;
    if (!this.mark.isConnected) {
      this.close();
      return;
    }
    const [at, own] = [this.mark.getBoundingClientRect(), this.box.getBoundingClientRect()];
    const width = document.documentElement.clientWidth;
    const isBelow = at.bottom + gap + own.height <= innerHeight || at.top < own.height + gap;
    this.box.style.left = `${Math.max(gap, Math.min(at.left, width - own.width - gap))}px`;
    this.box.style.top = `${isBelow ? at.bottom + gap : at.top - gap - own.height}px`;
  }

  private open(mark: Element): void {
    window.clearTimeout(this.closing);
    if (mark === this.mark) return;
    this.close();
    const term = glossary.find((one) => one.id === (mark as HTMLElement).dataset["term"])!;
    this.mark = mark;
    this.box.replaceChildren(...content(term));
    // Beside its term, so that the keyboard goes on from the one to the other.
    mark.after(this.box);
    this.box.showPopover();
    mark.setAttribute("aria-expanded", "true");
    this.place();
  }

  private closeSoon(): void {
    window.clearTimeout(this.closing);
    this.closing = window.setTimeout(() => {
      if (document.activeElement !== this.mark && !this.box.contains(document.activeElement)) this.close();
    }, closeAfterMilliseconds);
  }
}

function markAt(target: Element): Element | null {
  return target.closest?.(".term") ?? null;
}

function content(term: Term): Node[] {
  return [
    element("b", {}, term.name),
    element("span", {}, term.short),
    element("a", { href: `#term-${term.id}` }, "More about this"),
  ];
}
