// Merging in the chronology: a row is dragged onto another, or picked up with a key and put down with the same key.
import { may, post, say } from "./ask.js";

export function merging() {
  const table = document.querySelector("table.chron");
  if (!table || !may()) return;
  let picked = null;
  const rowOf = (element) => element?.closest?.("table.chron tr[data-row]") ?? null;
  const name = (row) => row.querySelector("th a, th")?.textContent.trim().slice(0, 80) ?? "";
  const ready = () => { for (const row of table.querySelectorAll("tr[data-row]")) row.draggable = true; };
  ready();
  new MutationObserver(ready).observe(table, { childList: true, subtree: true });
  table.addEventListener("dragstart", (e) => { picked = rowOf(e.target); e.dataTransfer.setData("text/plain", picked?.dataset.row ?? ""); e.dataTransfer.effectAllowed = "link"; });
  table.addEventListener("dragover", (e) => { const row = rowOf(e.target); if (picked && row && row !== picked) { e.preventDefault(); row.classList.add("over"); } });
  table.addEventListener("dragleave", (e) => rowOf(e.target)?.classList.remove("over"));
  table.addEventListener("drop", (e) => { const row = rowOf(e.target); if (!picked || !row || row === picked) return; e.preventDefault(); row.classList.remove("over"); ask(picked, row, name); picked = null; });
  table.addEventListener("dragend", () => { picked = null; for (const row of table.querySelectorAll(".over")) row.classList.remove("over"); });
  table.addEventListener("keydown", (e) => {
    const row = rowOf(e.target);
    if (!row || e.key.toLowerCase() !== "m" || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    if (!picked) { picked = row; row.classList.add("picked"); say(`Picked up: ${name(row)}. Go to another event and press m to merge them, or m here to put it down.`); return; }
    picked.classList.remove("picked");
    if (picked === row) say("Put down."); else ask(picked, row, name);
    picked = null;
  });
}

function ask(one, other, name) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", "Merge two events");
  const text = document.createElement("p"), ones = document.createElement("bdi"), others = document.createElement("bdi");
  ones.textContent = name(one); others.textContent = name(other);
  text.append("Are ", ones, " and ", others, " the same happening?");
  const form = document.createElement("form");
  form.className = "say";
  form.innerHTML = '<label class="field why-field">why <input name="why" maxlength="4000" autocomplete="off"></label><button>merge them</button> <button type="button" class="plain" data-no>no</button>';
  dialog.append(text, form);
  dialog.addEventListener("close", () => dialog.remove());
  form.querySelector("[data-no]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const rows = [one, other].map((row) => { const at = row.dataset.row.indexOf("/"); return { table: row.dataset.row.slice(0, at), row: row.dataset.row.slice(at + 1) }; });
    try { const made = await post("/api/decisions", { says: "merge", rows, why: form.elements.why.value }); say(`Kept: ${made.said}.`); dialog.close(); }
    catch (error) { text.className = "problem"; text.textContent = error.message; }
  });
  document.body.append(dialog);
  dialog.showModal();
}
