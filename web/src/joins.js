// Two witnesses face to face: a line from each passage to its counterpart; a solid one for the same words, a dashed one
// for edited words, a dotted one for another rendition. Drawn again when the columns change.

const SVG = "http://www.w3.org/2000/svg";

export function joins() {
  const face = document.querySelector(".face");
  const svg = face?.querySelector(".joins");
  if (!svg) return;
  const draw = () => {
    svg.replaceChildren();
    const box = face.getBoundingClientRect();
    const [left, right] = [face.querySelector(".L"), face.querySelector(".R")].map((c) => c.getBoundingClientRect());
    if (right.left <= left.right) return;
    for (const number of face.querySelectorAll(".L .pno")) {
      const [a, b] = [".L", ".R"].map((side) => [...face.querySelectorAll(`${side} [data-tie~="p${number.dataset.pair}"]`)]);
      if (a.length && b.length) svg.append(...curve(number.dataset, a, b, box, left, right));
    }
  };
  draw();
  new ResizeObserver(draw).observe(face);
  new MutationObserver(() => {
    const lit = new Set([...face.querySelectorAll(".par.on")].flatMap((x) => x.dataset.tie.split(" ")));
    for (const path of svg.children) {
      const on = lit.has(`p${path.dataset.pair}`);
      if (path.classList.contains("on") !== on) path.classList.toggle("on", on);
    }
  }).observe(face, { attributes: true, attributeFilter: ["class"], subtree: true });
}

function curve({ pair, kind }, a, b, box, left, right) {
  const ends = (els) => [els[0].getClientRects()[0].top - box.top + 4, [...els.at(-1).getClientRects()].at(-1).bottom - box.top - 4];
  const [t1, b1] = ends(a), [t2, b2] = ends(b);
  const odd = (Number(pair) % 3) * 5;
  const x1 = left.right - box.left + 8 + odd, x2 = right.left - box.left - 10 - odd, m = (x1 + x2) / 2, y1 = (t1 + b1) / 2, y2 = (t2 + b2) / 2;
  return [[`M${x1} ${t1}V${b1}M${x2} ${t2}V${b2}`, "edge"], [`M${x1} ${y1}C${m} ${y1} ${m} ${y2} ${x2} ${y2}`, kind]].map(([d, name]) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("class", name);
    path.dataset.pair = pair;
    return path;
  });
}
