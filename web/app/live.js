// What goes on: decisions of others, who is here, how far a run is. The line is open only while the page is looked at.
import { post, say } from "./ask.js";

const heard = new EventTarget();
export const listen = (event, told) => heard.addEventListener(event, (e) => told(e.detail));

let source = null;
let where = "";

export function connect() {
  if (!document.querySelector("[data-bar][data-user]")) return;
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource("/api/live");
    for (const name of ["decision", "waiting", "here", "run", "edition"]) {
      source.addEventListener(name, (e) => heard.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(e.data) })));
    }
    tell();
  };
  const close = () => { source?.close(); source = null; };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
  setInterval(tell, 20000);
  listen("waiting", ({ count }) => waiting(count));
  listen("here", ({ people }) => here(people));
  listen("run", run);
  listen("edition", ({ key }) => { if (key && key !== bar().dataset.edition) say("The pages were made anew: load this one again to see them."); });
  const form = document.querySelector("[data-make]");
  form?.addEventListener("submit", async (e) => {
    e.preventDefault();
    try { await post("/api/make"); } catch (error) { say(error.message, true); }
  });
}

const bar = () => document.querySelector("[data-bar]");

export function at(row) { if (row !== where) { where = row; tell(); } }
function tell() { if (!document.hidden) post("/api/here", { row: where }).then(({ people }) => here(people), () => {}); }

function waiting(count) {
  const place = bar().querySelector("[data-waiting]");
  place.dataset.count = count;
  place.textContent = count ? `${count.toLocaleString("en")} decision${count === 1 ? " is" : "s are"} not yet in the pages` : "every decision is in the pages";
  const form = bar().querySelector("[data-make]");
  if (form) form.hidden = !count;
}

function here(people) {
  const me = bar().dataset.user;
  const others = Object.entries(people).filter(([name]) => name !== me);
  const same = others.filter(([, rows]) => where && rows.includes(where)).map(([name]) => name);
  const place = bar().querySelector("[data-people]");
  place.textContent = same.length ? `${same.join(", ")} also look${same.length === 1 ? "s" : ""} at this row` : others.length ? `here: ${others.map(([name]) => name).join(", ")}` : "";
}

function run(state) {
  const place = bar().querySelector("[data-making]");
  const words = { done: "the pages were made anew", failed: `that did not work: ${state.message}` };
  const step = state.total ? `${state.step}: ${state.done.toLocaleString("en")} of ${state.total.toLocaleString("en")}` : state.step;
  place.textContent = words[state.state] ?? (state.state === "running" ? `making the pages, ${step || "beginning"}` : "");
}
