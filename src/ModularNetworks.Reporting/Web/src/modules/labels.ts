/** A class or group as a part of a sentence: a number alone would not be seen to be one, and what has marks of its own is quoted. */
export function labelled(label: string): string {
  if (/^\d+$/.test(label)) return `class ${label}`;
  return /[:,;]/.test(label) ? `“${label}”` : label;
}
