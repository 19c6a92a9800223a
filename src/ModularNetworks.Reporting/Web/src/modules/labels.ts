/** A class or group as a title: a number alone would not be seen to be one. */
export function named(label: string): string {
  return /^\d+$/.test(label) ? `class ${label}` : label;
}

/** A class or group as a part of a sentence: what has marks of its own is quoted. */
export function labelled(label: string): string {
  return /[:,;]/.test(label) ? `“${label}”` : named(label);
}
