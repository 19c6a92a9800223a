namespace ModularNetworks.Browser.Tests;

/// <summary>What a walk by keyboard asks a page, in JavaScript.</summary>
internal static class KeyboardScripts
{
    /// <summary>Lists the controls that are seen, counts what keys change, and keeps the page where it is when a key leads out of it.</summary>
    public const string Prepare = """
        () => {
          document.activeElement.blur();
          document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
          const kinds = "a[href], button, select, input, textarea, summary, [tabindex='0']";
          const nameOf = (element) => {
            const text = element.getAttribute("aria-label") ?? (element.textContent.trim() || element.closest("label")?.textContent.trim() || element.id);
            return `${element.localName} "${text.slice(0, 40)}" of ${element.closest("[data-figure], [data-table], [id]:not(input, select)")?.dataset.figure ?? element.closest("[data-table]")?.dataset.table ?? element.closest("section, nav, header")?.id}`;
          };
          const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
          const all = () => [...document.querySelectorAll(kinds)].filter((element) => isSeen(element) && !element.disabled);
          const walk = { controls: all(), reached: new Set(), findings: [], isThrough: false, next: 0, worked: window.walk?.worked ?? new Set(), changes: 0, nameOf };
          walk.names = walk.controls.map(nameOf);
          // Looks where the focus is; the view is through at the end of the page.
          walk.look = () => {
            const at = document.activeElement;
            if (at === document.body || walk.reached.has(at)) return (walk.isThrough = true);
            walk.reached.add(at);
            const style = getComputedStyle(at);
            const isMarked = at.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            if (!isMarked) walk.findings.push(`${nameOf(at)} does not show that it has the focus`);
            const box = at.getClientRects()[0];
            const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
            const top = document.elementFromPoint(x, y);
            const isFound = top && (at.contains(top) || top.contains(at) || top.closest("label")?.contains(at));
            if (!isFound) walk.findings.push(`${nameOf(at)} has the focus and is not seen at ${Math.round(x)}, ${Math.round(y)}`);
          };
          // Sorting a table draws its rows anew; a figure that is drawn for another step has another title.
          walk.controlAt = (i) => {
            if (walk.controls[i].isConnected) return walk.controls[i];
            const now = all();
            return (walk.controls[i] = now.find((one) => nameOf(one) === walk.names[i]) ?? (now.length === walk.controls.length ? now[i] : undefined));
          };
          // What looks as if it could be pressed must be a control, or lie in one.
          walk.onlyPointed = () => [...document.querySelectorAll("body *")]
            .filter((element) => ["pointer", "help"].includes(getComputedStyle(element).cursor) && isSeen(element) && !element.closest(`${kinds}, label, option`))
            .map((element) => `${nameOf(element)} is for pointers only`);
          if (!window.walk) {
            new MutationObserver((records) => (window.walk.changes += records.length)).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
            addEventListener("hashchange", () => window.walk.changes++);
            // The page has scrolled to where the focus is only after it told so: each key looks at where the one before it led.
            addEventListener("keydown", (event) => event.key === "Tab" && !window.walk.isThrough && window.walk.look(), true);
            HTMLAnchorElement.prototype.click = () => window.walk.changes++;
            addEventListener("click", (event) => {
              const link = event.target.closest("a[href]");
              if (!link) return;
              if (!link.getAttribute("href").startsWith("#")) event.preventDefault();
              window.walk.changes++;
            }, true);
          }
          window.walk = walk;
          return walk.controls.length;
        }
        """;

    /// <summary>Puts the focus on the first control.</summary>
    public const string Begin = "() => { scrollTo(0, 0); walk.controls[0].focus(); }";

    /// <summary>Whether the keys have gone through the whole view.</summary>
    public const string IsThrough = "() => walk.isThrough";

    /// <summary>Notes controls that the focus has not reached.</summary>
    public const string Miss = "() => void walk.findings.push(...walk.controls.filter((one) => !walk.reached.has(one)).map((one) => `${walk.nameOf(one)} is not reached`), ...walk.onlyPointed())";

    /// <summary>What was found in the view.</summary>
    public const string Findings = "() => walk.findings";

    /// <summary>Puts the focus on the next control of whose kind none was worked before; returns the key that works it, or nothing after the last.</summary>
    public const string Take = """
        async (view) => {
          const panel = document.querySelector(`.view[data-view="${view}"]`);
          if (panel.hidden) location.hash = view;
          while (panel.hidden) await new Promise((wake) => setTimeout(wake, 1));
          for (; walk.next < walk.controls.length; walk.next++) {
            const control = walk.controlAt(walk.next);
            if (!control) walk.findings.push(`${walk.names[walk.next]} goes away`);
            const kind = `${control?.localName} ${control?.type} ${control?.className} ${control?.getAttribute("href")?.[0]}`;
            if (!control || walk.worked.has(kind)) continue;
            walk.worked.add(kind);
            control.focus({ preventScroll: true });
            walk.changes = 0;
            const isLast = control.localName === "select" ? control.selectedIndex === control.options.length - 1 : control.value === control.min;
            if (control.localName === "select") return isLast ? "ArrowUp" : "ArrowDown";
            if (control.type === "range") return isLast ? "ArrowRight" : "ArrowLeft";
            if (control.type === "checkbox") return "Space";
            return control.localName === "input" ? "x" : "Enter";
          }
          return null;
        }
        """;

    /// <summary>Waits until the control has answered its key, and notes if it does not.</summary>
    public const string Answer = """
        async () => {
          const control = walk.controls[walk.next];
          const isAnswered = () =>
            walk.changes > 0 ||
            control.getAttribute("aria-expanded") === "true" ||
            (control.localName === "a" && control.getAttribute("href") === location.hash) ||
            (control.localName === "select" && control.options.length < 2);
          for (const start = performance.now(); !isAnswered() && performance.now() < start + 2000; ) await new Promise((wake) => setTimeout(wake, 5));
          if (control.localName === "summary") control.parentElement.open = true;
          if (!isAnswered()) walk.findings.push(`${walk.names[walk.next]} does nothing`);
          walk.next++;
        }
        """;
}
