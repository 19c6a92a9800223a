import { element, identifier } from "./dom.ts";
import { choice, choose } from "./state.ts";

/** A slider over the steps of training. */
export function stepSlider(id: string, steps: readonly number[], changed: (index: number) => void): HTMLElement {
  const last = steps.length - 1;
  const at = Math.min(choice(id, last), last);
  const shown = element("output", { for: id }, stepText(steps[at]));
  const slider = element("input", {
    type: "range",
    id,
    min: 0,
    max: last,
    step: 1,
    value: at,
    "aria-valuetext": stepText(steps[at]),
  });
  slider.addEventListener("input", () => {
    const index = Number(slider.value);
    // At its end, the slider follows a run that is training.
    choose(id, index === last ? Number.MAX_SAFE_INTEGER : index);
    shown.textContent = stepText(steps[index]);
    slider.setAttribute("aria-valuetext", stepText(steps[index]));
    changed(index);
  });
  return element("label", { class: "slider" }, "Training step ", slider, " ", shown);
}

/** Where a slider stands. */
export function sliderIndex(id: string, count: number): number {
  return Math.min(choice(id, count - 1), count - 1);
}

/** A choice of one of some options. */
export function select(id: string, label: string, options: readonly string[], changed: () => void): HTMLElement {
  const list = element(
    "select",
    { id },
    ...options.map((option, i) => element("option", { value: i, selected: i === choice(id, 0) }, option)),
  );
  list.addEventListener("change", () => {
    choose(id, Number(list.value));
    changed();
  });
  return element("label", {}, `${label} `, list);
}

/** A choice of some of the options; `most` at once, of which the oldest gives way. */
export function checkboxes(
  id: string,
  label: string,
  options: readonly string[],
  initial: readonly number[],
  most: number,
  changed: () => void,
): HTMLElement {
  const boxes = options.map((option, i) => {
    const box = element("input", {
      type: "checkbox",
      id: identifier(id, i),
      checked: choice(id, initial).includes(i),
    });
    box.addEventListener("change", () => {
      const others = choice(id, initial).filter((other) => other !== i);
      const now = box.checked ? [...others, i].slice(-most) : others;
      choose(id, now);
      boxes.forEach((other, j) => (other.box.checked = now.includes(j)));
      changed();
    });
    return { box, label: element("label", {}, box, ` ${option}`) };
  });
  return element("fieldset", {}, element("legend", {}, label), ...boxes.map((box) => box.label));
}

function stepText(step: number | undefined): string {
  return (step ?? 0).toLocaleString("en");
}
