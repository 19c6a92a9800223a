import { element } from "./dom.ts";
import { choice, choose } from "./state.ts";

const themes = ["as the system", "light", "dark"] as const;

/** A button that changes between the system's colours, light and dark. */
export function themeButton(): HTMLElement {
  const button = element("button", { type: "button", class: "theme" });
  const current = () => Math.max(0, themes.indexOf(choice<(typeof themes)[number]>("theme", "as the system")));
  const show = () => {
    document.documentElement.dataset["theme"] = current() === 0 ? "" : themes[current()]!;
    button.textContent = `Colours: ${themes[current()]}`;
  };
  button.addEventListener("click", () => {
    choose("theme", themes[(current() + 1) % themes.length]);
    show();
  });
  show();
  return button;
}
