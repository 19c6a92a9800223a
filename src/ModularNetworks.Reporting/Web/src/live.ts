import { element, identifier } from "./dom.ts";
import { render } from "./page.ts";
import type { JsonObject, Report, Run, RunState, Snapshot } from "./types.ts";

/** A run in the board's list. */
interface ListedRun {
  name: string;
  state: RunState;
  experiment: string;
  method: string;
  modules: number;
  parallel: number;
  seed: number;
  steps: number;
  step: number;
  /** Why the run cannot be shown. */
  problem: string | null;
}

/** What the board tells about a run while the page is open. */
interface Change {
  run: string;
  state: RunState;
  lines?: JsonObject[];
  snapshots?: Snapshot[];
  /** The run must be fetched anew: it is new, or lines were taken back. */
  reload?: boolean;
}

const mostAtFirst = 8;
const redrawAfterMilliseconds = 400;

/** Shows the board's runs and follows those that are training. */
export function follow(into: HTMLElement, report: Report): void {
  const board = new Board(into, report);
  void board.start();
}

class Board {
  private readonly list = element("section", { class: "runs" });
  private readonly content = element("div");
  private readonly status = element("p", { class: "status", role: "status" });
  private readonly runs = new Map<string, Run>();
  private listed: ListedRun[] = [];
  private shown: Set<string> = new Set();
  private redraw: number | undefined;
  private events: EventSource | undefined;
  private isPressed = false;
  private isStale = false;

  constructor(
    into: HTMLElement,
    private readonly report: Report,
  ) {
    into.append(this.list, this.status, this.content);
    this.watchPointer();
  }

  async start(): Promise<void> {
    await this.refreshList();
    this.shown = new Set(this.chosenInAddress() ?? this.newestOfOneExperiment());
    await this.fetchAll();
    this.listen();
  }

  /** Follows the board while the page is seen: a browser keeps few connections to a host, for all its tabs together. */
  private listen(): void {
    this.connect();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.events?.close();
      else this.connect(() => void this.fetchAll());
    });
  }

  /** Nothing is made anew below a pressed pointer: a slider would slip away from it, and a click would be lost. */
  private watchPointer(): void {
    document.addEventListener("pointerdown", () => (this.isPressed = true));
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, () => {
        this.isPressed = false;
        // The click itself comes after the release.
        if (this.isStale) this.drawSoon();
      });
    }
  }

  private connect(afterPause?: () => void): void {
    const events = new EventSource("/api/events");
    this.events = events;
    let missed = afterPause;
    events.onopen = () => {
      this.status.textContent = "Connected: new points appear as they are logged.";
      // What happened while there was no connection was not told.
      missed?.();
      missed = () => void this.fetchAll();
    };
    events.onerror = () => (this.status.textContent = "The board does not answer; trying again.");
    events.onmessage = (event) => void this.apply(JSON.parse(event.data as string) as Change);
  }

  private async apply(change: Change): Promise<void> {
    const listed = this.listed.find((run) => run.name === change.run);
    if (!listed || change.reload) {
      await this.refreshList();
      this.showList();
    } else {
      const step = change.lines?.at(-1)?.["step"];
      listed.state = change.state;
      if (typeof step === "number") listed.step = step;
      this.showList();
    }
    const run = this.runs.get(change.run);
    if (!this.shown.has(change.run)) this.runs.delete(change.run);
    else if (!run || change.reload || change.state !== run.state) await this.fetchRun(change.run);
    else {
      run.metrics.push(...(change.lines ?? []));
      run.snapshots.push(...(change.snapshots ?? []));
    }
    if (this.shown.has(change.run)) this.drawSoon();
  }

  private async fetchAll(): Promise<void> {
    await this.refreshList();
    await Promise.all([...this.shown].map((name) => this.fetchRun(name)));
    this.draw();
  }

  private async refreshList(): Promise<void> {
    this.listed = (await (await fetch("/api/runs")).json()) as ListedRun[];
  }

  private async fetchRun(name: string): Promise<void> {
    const answer = await fetch(`/api/run?name=${encodeURIComponent(name)}`);
    if (answer.ok) this.runs.set(name, (await answer.json()) as Run);
    else this.runs.delete(name);
  }

  private showList(): void {
    if (this.isPressed) {
      this.isStale = true;
      return;
    }
    const focused = document.activeElement?.id;
    this.list.replaceChildren(
      element("h2", {}, "Runs"),
      this.listed.length === 0
        ? element("p", {}, "There are no runs in this folder yet.")
        : element("ul", {}, ...this.listed.map((run) => this.listItem(run))),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  private listItem(run: ListedRun): HTMLElement {
    if (run.problem !== null) return element("li", { class: "warning" }, `${run.name}: ${run.problem}`);
    const box = element("input", { type: "checkbox", id: identifier("show", run.name), checked: this.shown.has(run.name) });
    box.addEventListener("change", () => void this.toggle(run.name, box.checked));
    const text = ` ${run.name}: ${run.experiment} ${run.method} ${run.modules}/${run.parallel}, ${run.state}, step ${run.step.toLocaleString("en")} of ${run.steps.toLocaleString("en")}`;
    return element("li", { class: run.state }, element("label", {}, box, text));
  }

  private async toggle(name: string, isShown: boolean): Promise<void> {
    if (isShown) {
      this.shown.add(name);
      await this.fetchRun(name);
    } else this.shown.delete(name);
    // Behind the "#" stands what is read of them.
    history.replaceState(null, "", `?${[...this.shown].map(encodeURIComponent).join("&")}${location.hash}`);
    this.draw();
  }

  private chosenInAddress(): string[] | undefined {
    try {
      const names = location.search.slice(1).split("&").filter(Boolean).map(decodeURIComponent);
      return names.length > 0 ? names : undefined;
    } catch {
      return undefined; // Not an address that this page made.
    }
  }

  /** The newest run, and others of its experiment to compare it with. */
  private newestOfOneExperiment(): string[] {
    const readable = this.listed.filter((run) => run.problem === null);
    const newest = readable.find((run) => run.state === "training") ?? readable[0];
    return readable
      .filter((run) => run.experiment === newest?.experiment)
      .slice(0, mostAtFirst)
      .map((run) => run.name);
  }

  private drawSoon(): void {
    this.redraw ??= window.setTimeout(() => {
      this.redraw = undefined;
      this.draw();
    }, redrawAfterMilliseconds);
  }

  private draw(): void {
    this.showList();
    if (this.isPressed) return;
    this.isStale = false;
    const runs = this.listed.filter((run) => this.shown.has(run.name)).flatMap((run) => this.runs.get(run.name) ?? []);
    render(this.content, { ...this.report, runs });
  }
}
