/**
 * The colours of Okabe and Ito (2008), which people with any colour vision can tell apart, without the yellow that is lost
 * on white. Lines differ in their dashes too, so that nothing depends on colour alone.
 */
export const colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#808080"];

const dashes = ["", "6 3", "2 2", "8 3 2 3", "12 4", "4 2 1 2"];

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
