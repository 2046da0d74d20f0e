// What the pages do beyond being read. Without this file every word, verdict and figure is still there.
import { joins } from "./joins.js";
import { lists } from "./list.js";
import { maps } from "./map.js";
import { rows, sigla, ties } from "./point.js";
import { search } from "./search.js";
import { copying, layers, place } from "./text.js";

const theme = new URLSearchParams(location.search).get("theme");
if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;

for (const part of [sigla, ties, rows, lists, maps, layers, place, copying, joins, search]) {
  try { part(); } catch (error) { console.error(`Variorum: ${part.name} did not start`, error); }
}
