// Search over events, claims, witnesses and names, in the reader's own browser: nothing is asked of a server.
import MiniSearch from "minisearch";
import { listen, read, write } from "./address.js";
import { fold, tokens } from "./fold.js";
import { count, say } from "./say.js";

const MOST = 60;

export function search() {
  const form = document.querySelector("[data-search]");
  const docs = window.variorum?.search;
  if (!form || !docs) return;
  form.hidden = false;
  const input = form.querySelector("input"), out = document.querySelector("[data-results]"), status = document.querySelector("[data-state]");
  status.textContent = say("The index is being made …");
  const index = new MiniSearch({ fields: ["text", "more"], storeFields: [], idField: "id", processTerm: (t) => fold(t), tokenize: (text) => tokens(text), searchOptions: { tokenize: (text) => tokens(text, true), prefix: (t) => t.length > 2, fuzzy: (t) => (t.length > 5 ? 0.18 : false), combineWith: "AND", boost: { text: 2 } } });
  const ready = index.addAllAsync(docs.map(([kind, text, more], id) => ({ id, kind, text, more })), { chunkSize: 400 });
  const show = () => {
    const query = read().get("q") ?? "";
    if (document.activeElement !== input) input.value = query;
    const found = query.trim() ? index.search(query) : [];
    status.textContent = query.trim() ? say(found.length > MOST ? "{} found, the first {} shown" : "{} found", count(found.length), MOST) : say("{} entries", count(docs.length));
    out.replaceChildren(...found.slice(0, MOST).map((hit) => entry(docs[hit.id])));
  };
  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { const s = new URLSearchParams(); if (input.value) s.set("q", input.value); write(s); }, 150); });
  form.addEventListener("submit", (e) => e.preventDefault());
  ready.then(() => { listen(show); show(); });
}

// [kind, text, more, address, hue]: text only, never markup.
function entry([kind, text, more, address, hue]) {
  const li = document.createElement("li"), label = document.createElement("span"), link = document.createElement("a"), words = document.createElement("bdi");
  label.className = "note"; label.textContent = `${say(kind)} `;
  words.textContent = text; link.href = address; link.append(words);
  if (kind === "words") { const q = document.createElement("q"); link.replaceWith(q); link.replaceChildren(q); q.append(words); }
  li.append(label, link);
  if (more) { const m = document.createElement("span"); m.className = `note ${hue ?? ""}`; m.textContent = ` ${more}`; li.append(m); }
  return li;
}
