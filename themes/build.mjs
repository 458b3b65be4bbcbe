// Bundles src/*.js into classic scripts in default/scripts: pages opened from
// disk cannot load modules.
import { build } from "esbuild";
import { copyFile } from "node:fs/promises";

await build({
  entryPoints: { annex: "src/annex.js", charts: "src/charts.js" },
  outdir: "default/scripts",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
  legalComments: "none",
  logLevel: "warning",
});
// The licence of ECharts asks to travel with its code.
await copyFile("node_modules/echarts/LICENSE", "default/scripts/charts-license.txt");
