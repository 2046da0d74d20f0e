// Marking words in a witness: what was missed is added as a figure, a time, a place, a quotation or a person.
import { get, may } from "./ask.js";
import { open } from "./rows.js";

const KINDS = [["figure", "figure"], ["time", "time"], ["place", "place"], ["quote", "quotation"], ["actor", "person or body"], ["claim", "claim"]];

export function marking() {
  const texts = [...document.querySelectorAll(".tx > p[data-start]")];
  const witness = document.querySelector("[data-witness]")?.dataset.witness;
  if (!texts.length || !witness || !may()) return;
  let tool = null;
  const close = () => { tool?.remove(); tool = null; };
  const offer = async () => {
    const span = selected();
    close();
    if (!span) return;
    const [start, end, marked] = span;
    let there = [];
    try { there = await get(`/api/mentions?${new URLSearchParams({ witness, start, end })}`); } catch { /* without them one can still add */ }
    if (!marked && !there.length) return;
    close();
    tool = bar(span, witness, there, close);
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    tool.style.insetBlockStart = `${scrollY + box.bottom + 6}px`;
    tool.style.insetInlineStart = `${Math.max(8, Math.min(scrollX + box.left, innerWidth - 340))}px`;
  };
  document.addEventListener("mouseup", (e) => { if (!e.target.closest?.(".marker, dialog")) setTimeout(offer, 0); });
  document.addEventListener("keyup", (e) => { if (e.shiftKey || e.key === "Shift") setTimeout(offer, 0); if (e.key === "Escape") close(); });
}

// The selection as characters of the witness's text, counted in code points, without the apparatus between the words.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const p = (range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement)?.closest(".tx > p[data-start]");
  const q = (range.endContainer.nodeType === 1 ? range.endContainer : range.endContainer.parentElement)?.closest(".tx > p[data-start]");
  if (!p || !q) return null;
  const start = Number(p.dataset.start) + points(p, range.startContainer, range.startOffset);
  const end = Number(q.dataset.start) + points(q, range.endContainer, range.endOffset);
  if (selection.isCollapsed) return [start, start + 1, false];
  const text = selection.toString();
  if (end <= start || end - start > 2000 || !text.trim()) return null;
  const left = [...text].length - [...text.trimStart()].length, right = [...text].length - [...text.trimEnd()].length;
  return p === q ? [start + left, end - right, true] : [start, end, true];
}

function points(p, node, offset) {
  const range = document.createRange();
  range.setStart(p, 0);
  range.setEnd(node, offset);
  const held = range.cloneContents();
  for (const aside of held.querySelectorAll(".tag, .nr, .src, .at")) aside.remove();
  return [...held.textContent].length;
}

const ONE = { figures: "figure", times: "time", places: "place", quotes: "quotation", actors: "person or body", claims: "claim" };

function bar([start, end, marked], witness, there, close) {
  const tool = document.createElement("div");
  tool.className = "marker";
  tool.setAttribute("role", "toolbar");
  tool.setAttribute("aria-label", "These words");
  const label = (text) => { const span = document.createElement("span"); span.textContent = text; tool.append(span); };
  if (there.length) label("found here:");
  for (const one of there.slice(0, 6)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${ONE[one.table]} “${one.text.length > 28 ? `${one.text.slice(0, 27)}…` : one.text}”`;
    button.addEventListener("click", () => { close(); open(`${one.table}/${one.key}`); });
    tool.append(button);
  }
  if (marked) label("missed:");
  for (const [kind, word] of marked ? KINDS : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.addEventListener("click", () => {
      const query = new URLSearchParams({ kind, witness, start, end });
      close();
      open(`words/${witness}`, `/mark?${query}`);
    });
    tool.append(button);
  }
  document.body.append(tool);
  return tool;
}
