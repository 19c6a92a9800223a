import { Alarms } from "./board/alarms.ts";
import type { ListedRun } from "./board/listed.ts";
import { RunList } from "./board/run-list.ts";
import { element } from "./dom.ts";
import { render } from "./page.ts";
import type { JsonObject, Report, Run, RunState, Snapshot } from "./types.ts";

/** What the board tells about a run while the page is open. */
interface Change {
  run: string;
  state: RunState;
  /** Its line in the list, as it is now. */
  listed?: ListedRun;
  lines?: JsonObject[];
  snapshots?: Snapshot[];
  /** The run must be fetched anew: it is new, or lines were taken back. */
  reload?: boolean;
}

const mostAtFirst = 8;
const redrawAfterMilliseconds = 400;
const tryAgainAfterMilliseconds = 1500;
const silent = "The board does not answer; trying again.";

/** Shows the board's runs and follows those that are training. */
export function follow(into: HTMLElement, report: Report): void {
  const board = new Board(into, report);
  void board.start();
}

class Board {
  private readonly list = new RunList((name, isShown) => void this.toggle(name, isShown));
  private readonly alarms = new Alarms();
  private readonly content = element("div", {}, element("p", { class: "skeleton figure" }), element("p", { class: "skeleton figure" }));
  private readonly status = element("p", { class: "status", role: "status" }, "Looking for runs …");
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
    into.append(this.alarms.root, this.list.root, this.status, this.content);
    this.watchPointer();
  }

  async start(): Promise<void> {
    while (!(await this.refreshList())) await new Promise((wake) => setTimeout(wake, tryAgainAfterMilliseconds));
    this.shown = new Set(this.chosenInAddress() ?? this.newestOfOneExperiment());
    // The list stands before the first figure.
    this.showList();
    await this.fetchShown();
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
    events.onerror = () => {
      this.status.textContent = silent;
      // A browser gives up by itself where another program answers at the address meanwhile.
      if (events.readyState === EventSource.CLOSED) setTimeout(() => this.events === events && this.connect(() => void this.fetchAll()), tryAgainAfterMilliseconds);
    };
    events.onmessage = (event) => void this.apply(JSON.parse(event.data as string) as Change);
  }

  private async apply(change: Change): Promise<void> {
    const place = this.listed.findIndex((run) => run.name === change.run);
    if (place < 0 || change.reload || !change.listed) await this.refreshList();
    else {
      this.alarms.lookAtEnd(this.listed[place]!, change.listed);
      this.listed[place] = change.listed;
    }
    this.showList();
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
    if (await this.refreshList()) await this.fetchShown();
  }

  private async fetchShown(): Promise<void> {
    await Promise.all([...this.shown].map((name) => this.fetchRun(name)));
    this.draw();
  }

  private async refreshList(): Promise<boolean> {
    try {
      const answer = await fetch("/api/runs");
      if (answer.ok) this.listed = (await answer.json()) as ListedRun[];
      if (answer.ok) return true;
    } catch {
      // It is said below.
    }
    this.status.textContent = silent;
    return false;
  }

  private async fetchRun(name: string): Promise<void> {
    try {
      const answer = await fetch(`/api/run?name=${encodeURIComponent(name)}`);
      if (answer.ok) this.runs.set(name, (await answer.json()) as Run);
      else this.runs.delete(name);
    } catch {
      this.status.textContent = silent; // What is shown stays until the board answers again.
    }
  }

  private showList(): void {
    this.listed.forEach((run) => this.alarms.look(run));
    if (this.isPressed) this.isStale = true;
    else this.list.show(this.listed, this.shown);
  }

  private async toggle(name: string, isShown: boolean): Promise<void> {
    if (isShown) {
      this.shown.add(name);
      await this.fetchRun(name);
    } else this.shown.delete(name);
    // Behind the "#" stands what is read of them.
    const chosen = new URLSearchParams([...this.shown].map((run) => ["run", run]));
    history.replaceState(null, "", `?${chosen}${location.hash}`);
    this.draw();
  }

  private chosenInAddress(): string[] | undefined {
    const names = new URLSearchParams(location.search).getAll("run");
    return names.length > 0 ? names : undefined;
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
