import { element } from "./dom.ts";
import { follow } from "./live.ts";
import { shortenNames } from "./names.ts";
import { render } from "./page.ts";
import { explainTerms } from "./terms/bubble.ts";
import { themeButton } from "./theme.ts";
import type { Report } from "./types.ts";
import { colorDefinitions } from "./palette.ts";
import { followAddress } from "./views.ts";
import "./page.css";

const report = JSON.parse(document.getElementById("report")!.textContent!) as Report;
document.head.append(element("style", {}, colorDefinitions));
const main = element("main");
const title = report.live ? "Modular networks: board" : "Modular networks: report";
document.body.append(
  element("header", {}, element("h1", {}, title), element("p", {}, subtitle(report)), themeButton()),
  main,
);
explainTerms();
if (report.live) follow(main, report);
else {
  shortenNames(report);
  render(main, report);
}
followAddress();

function subtitle({ version, generated, live }: Report): string {
  return live ? `modnet ${version}, live` : `modnet ${version}, ${generated ?? ""}`;
}
