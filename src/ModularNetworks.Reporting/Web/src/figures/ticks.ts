const labelWidth = 22;

/** Names modules below bars and cells: every one, or as many as have room. */
export function moduleTicks(modules: number, width: number): (module: number) => string {
  const step = Math.max(1, Math.ceil((modules * labelWidth) / width));
  return (module) => (module % step === 0 ? `${module}` : "");
}
