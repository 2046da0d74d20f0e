// The queue by keyboard: one key an answer, the next row at once.
import { fill, part, post, say } from "./ask.js";
import { at, listen } from "./live.js";

export function queue() {
  const box = document.querySelector("[data-queue]");
  if (!box) return;
  const past = [];
  let reason = false, busy = false;
  const place = () => Number(box.querySelector("[data-place]")?.dataset.place || 0);
  const here = () => { const card = box.querySelector("[data-row]"); at(card ? card.dataset.row : ""); };
  const load = async (after, at = 0) => {
    fill(box, await part(`/queue?part=1&table=${encodeURIComponent(box.dataset.table)}&after=${after}&at=${at}`));
    reason = false;
    here();
    const heading = box.querySelector("h2");
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: false }); }
  };
  const doing = async (work) => {
    if (busy) return;
    busy = true;
    box.setAttribute("aria-busy", "true");
    try { await work(); } catch (error) { say(error.message, true); } finally { busy = false; box.removeAttribute("aria-busy"); }
  };
  const send = (form) => doing(async () => {
    const undo = form.dataset.key === "u", note = Boolean(form.closest(".noting")), now = place();
    const made = await post("/decide", new FormData(form));
    say(`${undo ? "Taken back" : "Kept"}: ${made.said}.`);
    if (!undo && !note) past.push(now);
    if (undo) await load(now, past.pop() ?? now); else await load(now, note ? now : 0);
  });
  const skip = () => doing(async () => { past.push(place()); await load(place()); });
  const back = () => doing(async () => { if (past.length) await load(0, past.pop()); });
  box.addEventListener("submit", (e) => { e.preventDefault(); send(e.target); });
  box.addEventListener("click", (e) => { const link = e.target.closest("a[data-key='j']"); if (link) { e.preventDefault(); skip(); } });
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, select, textarea, dialog")) return;
    const form = (key) => box.querySelector(`form[data-key="${key}"]`);
    const key = e.key.toLowerCase();
    if (key === "?") { const keys = document.getElementById("keys"); keys.open = !keys.open; keys.querySelector("summary").focus(); }
    else if (busy) { /* the next row is on its way: a key now would answer a row that nobody has seen */ }
    else if (reason && /^[1-9]$/.test(key) && form(`w${key}`)) send(form(`w${key}`));
    else if (key === "w" && form("w1")) { reason = true; say("Why is it wrong? 1 to 4 says it."); form("w1").querySelector("button").focus(); e.preventDefault(); return; }
    else if (key === "j" || key === "arrowright") skip();
    else if (key === "k" || key === "arrowleft") back();
    else if (key === "m") { const note = box.querySelector(".noting"); if (!note) return; note.open = true; note.querySelector("input[name=why]").focus(); }
    else if ("asnu".includes(key) && form(key)) send(form(key));
    else return;
    e.preventDefault();
  });
  listen("decision", ({ rows, by, said }) => {
    const card = box.querySelector("[data-row]");
    if (!card || !rows.some(([table, key]) => `${table}/${key}` === card.dataset.row) || busy) return;
    if (by !== document.querySelector("[data-bar]").dataset.user) { say(`Just now on this row: ${said}.`); doing(() => load(place(), place())); }
  });
  here();
}
