// The witness page: layers that can be switched, and the words that an address names, marked.

import { say } from "./say.js";

export function layers() {
  const form = document.querySelector("[data-layers]");
  if (!form) return;
  form.hidden = false;
  for (const box of form.querySelectorAll("[data-layer]")) {
    const apply = () => document.body.classList.toggle(box.dataset.layer, box.dataset.layer.startsWith("no-") ? !box.checked : box.checked);
    box.addEventListener("change", apply);
    apply();
  }
}

// "#at-20-28": characters 20 to 28 of the witness's text, counted in code points as everywhere in an edition.
export function place() {
  const mark = () => {
    const m = /^#at-(\d+)-(\d+)$/.exec(location.hash);
    if (!m || !window.CSS?.highlights) return;
    const range = find(Number(m[1]), Number(m[2]));
    CSS.highlights.delete("place");
    if (!range) return;
    CSS.highlights.set("place", new Highlight(range));
    const box = range.getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight) scrollTo({ top: scrollY + box.top - innerHeight / 3 });
  };
  addEventListener("hashchange", mark);
  mark();
}

function find(start, end) {
  for (const p of document.querySelectorAll(".tx > p[data-start]")) {
    const from = Number(p.dataset.start), to = Number(p.dataset.end);
    if (start < from || start >= to) continue;
    const range = document.createRange();
    const a = spot(p, start - from, false), b = spot(p, Math.min(end, to) - from, true);
    if (!a || !b) return null;
    range.setStart(...a);
    range.setEnd(...b);
    return range;
  }
  return null;
}

// Where a number of code points ends: at the end of a piece of text for the end of a range, at the start of the next for its start.
function spot(p, points, ending) {
  const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT, (n) => n.parentElement.closest(".tag, .nr, .src, .at") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  let left = points, node = null, last = null;
  while ((node = walker.nextNode())) {
    last = node;
    const units = offset(node.data, left);
    if (units.passed === left && (ending || units.at < node.data.length)) return [node, units.at];
    left -= units.passed;
  }
  return last ? [last, last.data.length] : null;
}

function offset(text, points) {
  let at = 0, passed = 0;
  while (at < text.length && passed < points) { at += text.codePointAt(at) > 0xffff ? 2 : 1; passed += 1; }
  return { at, passed };
}

export function copying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const pre = button.closest("div").querySelector("pre");
      try { await navigator.clipboard.writeText(pre.textContent); button.textContent = say("copied"); }
      catch { getSelection().selectAllChildren(pre); button.textContent = say("selected: press Ctrl+C"); }
    });
  }
}
