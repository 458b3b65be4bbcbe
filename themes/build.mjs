// Bundles src/*.js into classic scripts in default/scripts: pages opened from
// disk cannot load modules.
import { build } from "esbuild";
import { copyFile } from "node:fs/promises";

const options = {
  outdir: "default/scripts",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
  legalComments: "none",
  logLevel: "warning",
};
await build({ ...options, entryPoints: { annex: "src/annex.js", charts: "src/charts.js" } });
await build({ ...options, entryPoints: { sampling: "src/sampling.js" }, legalComments: "inline" });
// Licences that ask to travel with the code.
await copyFile("node_modules/echarts/LICENSE", "default/scripts/charts-license.txt");
await copyFile("node_modules/@noble/hashes/LICENSE", "default/scripts/sampling-license.txt");
