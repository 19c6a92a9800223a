import type { Json, JsonObject } from "./types.ts";

/** The number at a path of names, such as "train.logLikelihood"; undefined where there is none. */
export function numberAt(object: JsonObject | null | undefined, path: string): number | undefined {
  let value: Json | undefined = object as Json | undefined;
  for (const name of path.split(".")) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
    value = value[name];
  }
  return typeof value === "number" ? value : undefined;
}

/** The text of an option or a result. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** An object; an empty one where there is something else. */
export function objectOf(value: Json | JsonObject | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** A list of objects; an empty one where there is something else. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

/** A list of texts; an empty one where there is something else. */
export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}
