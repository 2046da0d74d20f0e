// Bundles src/main.js into one classic script and the outlines of land into another, both committed, so that nobody
// needs Node to use Variorum. `--check` fails when what is committed is not what the sources give.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const out = new URL("../src/variorum/site/static/", import.meta.url);
const check = process.argv.includes("--check");

const result = await build({
  entryPoints: ["src/main.js"], bundle: true, format: "iife", minify: true, target: ["es2020"], charset: "ascii", write: false,
  legalComments: "none",
  banner: { js: "/* Variorum's pages. Bundles d3-geo, d3-array (ISC, Mike Bostock), topojson-client (ISC), MiniSearch (MIT, Luca Ongaro); see web/. */" },
});
const app = await build({
  entryPoints: ["app/main.js"], bundle: true, format: "iife", minify: true, target: ["es2020"], charset: "ascii", write: false,
  banner: { js: "/* The script of variorum serve, from web/app/. */" },
});
const world = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"));
for (const country of world.objects.countries.geometries) { delete country.properties; delete country.id; }
const land = `/* Coasts and border lines: Natural Earth 1:50m, public domain, by way of world-atlas (ISC, Mike Bostock). */\n`
  + `(window.variorum=window.variorum||{}).land=${JSON.stringify(world)};\n`;

// The licences of what is bundled go where the bundle goes: into every edition.
const PACKAGES = ["d3-geo", "d3-array", "internmap", "topojson-client", "minisearch", "world-atlas"];
const licences = PACKAGES.map((name) => {
  const file = readdirSync(`node_modules/${name}`).find((f) => /^licen[cs]e/i.test(f));
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${version}\n\n${readFileSync(`node_modules/${name}/${file}`, "utf8").trim()}\n`;
}).join("\n----\n\n");

const made = {
  "licences.txt": licences, "variorum.js": result.outputFiles[0].text, "land.js": land,
  "../../serve/static/app.js": app.outputFiles[0].text,
};
let stale = false;
for (const [name, text] of Object.entries(made)) {
  const file = new URL(name, out);
  if (!check) { writeFileSync(file, text); console.log(name, text.length); continue; }
  let held = "";
  try { held = readFileSync(file, "utf8"); } catch { /* not yet made */ }
  if (held !== text) { console.error(`${name} is not what web/ gives; run npm run build`); stale = true; }
}
if (stale) process.exit(1);
