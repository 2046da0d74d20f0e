// What the app adds to the pages: the keys of the queue, decisions without leaving a page, marking, merging, what others do.
// Without this file every page can be read and every decision taken, by links and forms.
import { connect } from "./live.js";
import { drop } from "./drop.js";
import { marking } from "./marking.js";
import { merging } from "./merging.js";
import { queue } from "./queue.js";
import { rows } from "./rows.js";

for (const part of [connect, rows, queue, marking, merging, drop]) {
  try { part(); } catch (error) { console.error(`Variorum: ${part.name} did not start`, error); }
}
