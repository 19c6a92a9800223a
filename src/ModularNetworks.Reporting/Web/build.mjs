// Bundles the page: node build.mjs MAIN_SOURCE OUTPUT_FOLDER, in the folder that has the packages.
import { build } from "esbuild";
import { resolve } from "node:path";

const [source, folder] = process.argv.slice(2);
await build({
  entryPoints: { page: source },
  outdir: folder,
  nodePaths: [resolve("node_modules")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "inline",
  charset: "utf8",
  logLevel: "warning",
});
