import { element } from "../dom.ts";
import type { ListedRun } from "./listed.ts";

/** What happened to a run that its reader should know at once: read aloud by screen readers, and closed by hand. */
export class Alarms {
  readonly root = element("div", { class: "alarms", role: "alert" });
  private readonly told = new Map<string, string>();

  /** Tells of a run's alarm, unless it was told before. */
  look(run: ListedRun): void {
    if (run.alarm === null || run.state !== "training" || this.told.get(run.name) === run.alarm) return;
    this.told.set(run.name, run.alarm);
    this.tell(`${run.name}: ${run.alarm}`);
  }

  /** Tells of a run that trained and does no more, without having reached its end. */
  lookAtEnd(before: ListedRun, now: ListedRun): void {
    if (before.state !== "training" || now.state !== "stopped") return;
    this.tell(`${now.name}: the training stopped at step ${now.step.toLocaleString("en")} of ${now.steps.toLocaleString("en")}.${now.alarm === null ? "" : ` ${now.alarm}`}`);
  }

  private tell(text: string): void {
    const line = element("p", { class: "warning" }, `⚠ ${text} `);
    line.append(element("button", { type: "button", "aria-label": `Close: ${text}`, onclick: () => line.remove() }, "close"));
    this.root.append(line);
  }
}
