// Rows of the edition's pages: what people say of each, and a dialog in which one can say more.
import { fill, get, may, part, post, say } from "./ask.js";
import { at, listen } from "./live.js";

const known = new Map();

export function rows() {
  if (document.body.classList.contains("serve")) return;
  tools(document);
  new MutationObserver((changes) => { for (const c of changes) for (const node of c.addedNodes) if (node.nodeType === 1) tools(node); }).observe(document.querySelector("main"), { childList: true, subtree: true });
  listen("decision", ({ rows: told }) => refresh(told.map(([table, key]) => `${table}/${key}`)));
}

// A list turns its pages by putting new rows in: they are asked about together, a moment later.
let waiting = [];
function tools(root) {
  const found = [...(root.matches?.("[data-row]") ? [root] : []), ...root.querySelectorAll("[data-row]")].filter((x) => !x.dataset.tools);
  for (const row of found) {
    row.dataset.tools = "1";
    const place = row.querySelector("h3, th") ?? row;
    const span = document.createElement("span");
    span.className = "row-tools";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = may() ? "check" : "history";
    button.setAttribute("aria-label", `${button.textContent}: ${place.textContent.trim().slice(0, 80)}`);
    button.addEventListener("click", () => open(row.dataset.row));
    span.append(button);
    place.append(span);
  }
  if (!found.length) return;
  if (!waiting.length) setTimeout(() => { const all = waiting; waiting = []; refresh(all); }, 30);
  waiting.push(...found.map((x) => x.dataset.row));
}

async function refresh(names) {
  const here = new Set([...document.querySelectorAll("[data-row]")].map((x) => x.dataset.row));
  const wanted = names.filter((name) => here.has(name));
  const tables = Map.groupBy ? Map.groupBy(wanted, (n) => n.split("/", 1)[0]) : group(wanted);
  for (const [table, listed] of tables) {
    for (let n = 0; n < listed.length; n += 100) {
      const some = listed.slice(n, n + 100);
      const query = new URLSearchParams([["table", table], ...some.map((name) => ["key", name.slice(table.length + 1)])]);
      let states;
      try { states = await get(`/api/states?${query}`); } catch { return; }
      for (const name of some) { known.set(name, states[name.slice(table.length + 1)] ?? []); show(name); }
    }
  }
}

function group(names) {
  const made = new Map();
  for (const name of names) { const table = name.split("/", 1)[0]; made.set(table, [...(made.get(table) ?? []), name]); }
  return made;
}

function show(name) {
  for (const row of document.querySelectorAll(`[data-row="${CSS.escape(name)}"]`)) {
    const place = row.querySelector(".row-tools");
    if (!place) continue;
    for (const old of place.querySelectorAll(".row-said")) old.remove();
    const near = (row.tagName === "H1" ? row.parentElement : row).textContent; // what the page says itself
    for (const one of (known.get(name) ?? []).slice(-3)) {
      if (one.state !== "waiting" && near.includes(one.said)) continue;
      const told = document.createElement("span");
      told.className = `row-said ${one.state === "waiting" ? "waiting" : ""}`;
      told.textContent = one.said;
      place.append(told);
    }
  }
}

// The dialog of a row: the same card, history and forms as the row's own page.
let dialog = null;
export async function open(name, address = `/rows/${name.split("/", 1)[0]}/${encodeURIComponent(name.slice(name.indexOf("/") + 1))}`) {
  dialog ??= made();
  const query = address.includes("?") ? "&" : "?";
  try { fill(dialog.querySelector("[data-inner]"), await part(`${address}${query}part=1&back=${encodeURIComponent(location.pathname)}`)); }
  catch (error) { say(error.message, true); return; }
  at(name);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[data-inner] button, [data-inner] a")?.focus();
}

function made() {
  const element = document.createElement("dialog");
  element.setAttribute("aria-label", "A row, and what can be said of it");
  element.innerHTML = '<button type="button" class="close plain">close</button><p role="status" data-dialog-say></p><div data-inner></div>';
  element.querySelector(".close").addEventListener("click", () => element.close());
  element.addEventListener("close", () => at(""));
  element.addEventListener("submit", (e) => { e.preventDefault(); send(e.target, element, e.submitter); });
  document.body.append(element);
  return element;
}

async function send(form, element, submitter) {
  const place = element.querySelector("[data-dialog-say]");
  try {
    const made = await post("/decide", new FormData(form, submitter));
    place.className = "";
    place.textContent = `Kept: ${made.said}.`;
    const name = element.querySelector("[data-row]")?.dataset.row;
    if (name) await open(name); else element.close();
    say(`Kept: ${made.said}.`);
  } catch (error) { place.className = "problem"; place.textContent = error.message; }
}
