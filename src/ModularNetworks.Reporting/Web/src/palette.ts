/**
 * The hues of Okabe and Ito (2008), which people with any colour vision can tell apart, darker on white and lighter on black, so
 * that each stands out at least 3 : 1. Lines differ in their dashes too and points in their shapes, so that nothing depends on
 * colour alone, also when it is printed in grey.
 */
const hues: readonly { onWhite: string; onBlack: string }[] = [
  { onWhite: "#0072b2", onBlack: "#4aa3df" },
  { onWhite: "#d55e00", onBlack: "#f58a45" },
  { onWhite: "#00825f", onBlack: "#2fc79b" },
  { onWhite: "#b0558b", onBlack: "#dd93bd" },
  { onWhite: "#a86d00", onBlack: "#f0b440" },
  { onWhite: "#2b83b8", onBlack: "#93d3f7" },
  { onWhite: "#6b6b6b", onBlack: "#b4b4b4" },
];

const dashes = ["", "6 3", "2 2", "8 3 2 3", "12 4", "4 2 1 2"];

/** The colours as the page's style sheet has them: a drawing changes with the page, and on paper. */
export const colors: readonly string[] = hues.map((_, i) => `var(--hue-${i})`);

/** The definitions of the colours, for the page's style sheet. */
export const colorDefinitions = `:root{${hues.map((hue, i) => `--hue-${i}:light-dark(${hue.onWhite},${hue.onBlack})`).join(";")}}`;

/** A drawing's text with the colours that it has on white, for a file that has no style sheet. */
export function onWhite(svg: string): string {
  return svg.replace(/var\(--hue-(\d+)\)/g, (_, i: string) => hues[Number(i)]?.onWhite ?? "#000000");
}

export interface Style {
  color: string;
  dash: string;
}

/** How the line of a number is drawn: all styles differ up to 42. */
export function styleOf(index: number): Style {
  return {
    color: colors[index % colors.length]!,
    dash: dashes[(index + Math.floor(index / colors.length)) % dashes.length]!,
  };
}

/** For probabilities: dark is 0, bright is 1, in every colour vision (Nuñez, Anderton and Renslow 2018). */
export const probabilityScheme = "cividis";
