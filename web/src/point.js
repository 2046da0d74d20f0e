// Pointing. At a siglum: that witness stays, the others step back. At a row, note or words: what stands for the same
// thing lights up with it. Pointing works by mouse and by keyboard focus; Escape lets go.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

export function sigla() {
  const buttons = all(".sigla button[data-point]").filter((b) => b.dataset.point !== "x");
  let held = null;
  const focus = (hue) => {
    document.body.toggleAttribute("data-focus", Boolean(hue));
    for (const el of all(".w, [data-by]")) {
      if (el.closest(".sigla")) continue;
      const away = hue && !el.classList.contains(hue) && !(el.matches("[data-by] .w"));
      el.style.opacity = away ? ".3" : "";
    }
  };
  const hold = (hue) => {
    held = hue;
    for (const b of buttons) b.setAttribute("aria-pressed", String(b.dataset.point === held));
    focus(held);
  };
  for (const b of buttons) {
    b.addEventListener("click", () => hold(held === b.dataset.point ? null : b.dataset.point));
    b.addEventListener("mouseenter", () => focus(b.dataset.point));
    b.addEventListener("mouseleave", () => focus(held));
  }
  addEventListener("keydown", (e) => { if (e.key === "Escape" && held) hold(null); });
}

export function ties() {
  let lit = [];
  const light = (el) => {
    for (const x of lit) x.classList.remove("on");
    lit = [];
    if (!el) return;
    const keys = el.dataset.tie.split(" ");
    lit = all("[data-tie]").filter((x) => x.dataset.tie.split(" ").some((k) => keys.includes(k)));
    for (const x of lit) x.classList.add("on");
  };
  const at = (e) => light(e.target.closest?.("[data-tie]"));
  document.addEventListener("mouseover", at);
  document.addEventListener("focusin", at);
}

// Rows of a list and the events they stand for: told to whoever listens (the map, the line of time).
export function rows() {
  let last = null;
  const tell = (e) => {
    const el = e.target.closest?.("[data-key], [data-ev]");
    const key = el ? el.dataset.key ?? el.dataset.ev : null;
    if (key === last) return;
    last = key;
    dispatchEvent(new CustomEvent("variorum:point", { detail: key }));
    for (const x of all(".band [data-ev]")) x.classList.toggle("on", x.dataset.ev === key);
  };
  document.addEventListener("mouseover", tell);
  document.addEventListener("focusin", tell);
}
