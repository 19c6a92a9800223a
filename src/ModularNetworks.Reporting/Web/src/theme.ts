import { element } from "./dom.ts";

const themes = ["as the system", "light", "dark"] as const;

/** A button that changes between the system's colours, light and dark. */
export function themeButton(): HTMLElement {
  let current = 0;
  const button = element("button", { type: "button", class: "theme" });
  const show = () => {
    const theme = themes[current]!;
    document.documentElement.dataset["theme"] = current === 0 ? "" : theme;
    button.textContent = `Colours: ${theme}`;
  };
  button.addEventListener("click", () => {
    current = (current + 1) % themes.length;
    show();
  });
  show();
  return button;
}
