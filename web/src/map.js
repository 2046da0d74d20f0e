// The map: coasts, and the places that events name. What is only known to lie in an area is drawn as the area.
import { say } from "./say.js";
import { geoCircle, geoEqualEarth, geoMercator, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { read, write } from "./address.js";

const SVG = "http://www.w3.org/2000/svg";
const KM_PER_DEGREE = 111.195;

export function maps() {
  for (const figure of document.querySelectorAll("[data-map]")) {
    const places = figure.dataset.map ? JSON.parse(figure.dataset.map) : window.variorum?.places;
    if (places?.length && window.variorum?.land) new Map_(figure, places, window.variorum.land);
  }
}

function el(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class Map_ {
  constructor(figure, places, world) {
    this.box = figure.querySelector("[data-map-box]");
    this.places = places.map((p) => ({ ...p, shape: shape(p) }));
    this.land = feature(world, world.objects.land);
    this.lines = () => (this.mesh ??= mesh(world, world.objects.countries, (a, b) => a !== b));
    this.near = nearest(this.places);
    this.zoom = 1; this.shift = [0, 0]; this.borders = false; this.shown = null; this.single = Boolean(figure.dataset.map);
    this.svg = el("svg", { role: "group", "aria-label": say("Map of the places that the events name; the same places stand as a list beside it") });
    this.box.append(this.svg, this.buttons());
    this.toggleBorders(figure);
    this.draw();
    this.drag();
    addEventListener("resize", () => this.draw());
    addEventListener("variorum:point", (e) => this.point(e.detail));
    addEventListener("variorum:shown", (e) => { this.shown = e.detail; this.dim(); });
  }

  buttons() {
    const box = document.createElement("div");
    box.className = "zoom";
    for (const [text, label, act] of [["+", "Closer", () => { this.zoom *= 1.7; }], ["−", "Farther", () => { this.zoom /= 1.7; }], ["○", "All places, or those where most happens", () => { this.zoom = 1; this.shift = [0, 0]; this.everything = !this.everything; }]]) {
      const b = document.createElement("button");
      b.type = "button"; b.textContent = text; b.setAttribute("aria-label", say(label)); b.title = say(label);
      b.addEventListener("click", () => { act(); this.draw(); });
      box.append(b);
    }
    return box;
  }

  toggleBorders(figure) {
    const label = figure.querySelector("[data-borders-label]");
    if (!label) return;
    label.hidden = false;
    label.querySelector("input").addEventListener("change", (e) => { this.borders = e.target.checked; this.draw(); });
  }

  project() {
    this.width = Math.max(this.box.clientWidth, 240);
    this.height = Math.round(this.width * (this.single ? 0.5 : 0.82));
    const view = this.everything ? this.places : this.near;
    const lons = view.map((p) => p.lon);
    const wide = Math.max(...lons) - Math.min(...lons) > 110;
    const projection = wide ? geoEqualEarth() : geoMercator();
    const pad = 36;
    projection.fitExtent([[pad, pad], [this.width - pad, this.height - pad]], { type: "FeatureCollection", features: view.map(frame) });
    const [x, y] = projection.translate(), [cx, cy] = [this.width / 2, this.height / 2];
    projection.scale(projection.scale() * this.zoom).translate([cx + (x - cx) * this.zoom + this.shift[0], cy + (y - cy) * this.zoom + this.shift[1]]);
    projection.flat = !wide;
    projection.clipExtent([[-20, -20], [this.width + 20, this.height + 20]]);
    return projection;
  }

  draw() {
    const projection = this.project(), path = geoPath(projection);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    const tiles = projection.flat ? this.tiles(projection) : [];
    const ground = [...tiles, el("path", { class: tiles.length ? "land bare" : "land", d: path(this.land) ?? "" })];
    if (this.borders) ground.push(el("path", { class: "border", d: path(this.lines()) ?? "" }));
    this.marks = this.places.map((p) => this.mark(p, projection, path)).filter(Boolean);
    this.layer = el("g", {}, ...ground, ...this.marks.map((m) => m.node));
    this.svg.replaceChildren(this.layer);
    this.label(projection);
    this.dim();
  }

  // Tiles of a server, only where the edition's maker named one; the page's policy lets no other be asked.
  tiles(projection) {
    const address = document.documentElement.dataset.tiles;
    if (!address) return [];
    const world = projection.scale() * 2 * Math.PI;
    const z = Math.max(0, Math.min(19, Math.round(Math.log2(world / 256)))), size = world / 2 ** z;
    const [left, top] = [projection.translate()[0] - world / 2, projection.translate()[1] - world / 2];
    const found = [];
    for (let x = Math.floor(-left / size); x <= (this.width - left) / size; x += 1) {
      for (let y = Math.max(0, Math.floor(-top / size)); y <= Math.min(2 ** z - 1, (this.height - top) / size); y += 1) {
        const href = address.replace("{z}", z).replace("{x}", ((x % 2 ** z) + 2 ** z) % 2 ** z).replace("{y}", y);
        found.push(el("image", { href, x: left + x * size, y: top + y * size, width: size + 0.5, height: size + 0.5 }));
      }
    }
    return found;
  }

  mark(place, projection, path) {
    const at = projection([place.lon, place.lat]);
    if (!at) return null;
    const node = el("a", { class: "pl", href: `#?place=${encodeURIComponent(place.name)}`, "aria-label": `${place.name}${place.events ? `: ${place.events.length} events` : ""}` });
    if (this.single) node.removeAttribute("href");
    else node.addEventListener("click", (e) => { e.preventDefault(); const state = read(); state.delete("page"); state.set("place", state.get("place") === place.name ? "" : place.name); write(state); });
    if (place.precision === "point") node.append(el("circle", { class: "pt", cx: at[0], cy: at[1], r: place.events ? Math.min(3 + Math.sqrt(place.events.length) * 0.9, 10) : 4.5 }));
    else node.append(el("path", { class: "ar", d: path(place.shape) ?? "" }));
    return { place, node, at };
  }

  label() {
    const taken = [];
    for (const { place, node, at } of this.marks.slice(0, 400)) {
      const width = place.name.length * 6.4 + 6, area = place.precision !== "point";
      const spots = area ? [4, -14, 22, -32, 40, -50, 58].map((dy) => [-width / 2, dy]) : [[9, 4], [-width - 6, 4], [-width / 2, -10], [-width / 2, 20]];
      for (const [dx, dy] of spots) {
        const r = [at[0] + dx, at[1] + dy - 11, at[0] + dx + width, at[1] + dy + 4];
        const inside = r[0] > 2 && r[2] < this.width - 2 && r[1] > 2 && r[3] < this.height - 2;
        if (!inside || taken.some((t) => r[0] < t[2] && t[0] < r[2] && r[1] < t[3] && t[1] < r[3])) continue;
        taken.push(r);
        node.append(el("text", { x: r[0], y: at[1] + dy }, place.name));
        break;
      }
    }
  }

  point(key) { for (const { place, node } of this.marks) node.classList.toggle("on", Boolean(key) && Boolean(place.events?.includes(key))); }

  dim() { for (const { place, node } of this.marks) node.classList.toggle("off", Boolean(this.shown) && !place.events?.some((e) => this.shown.has(e))); }

  drag() {
    let from = null;
    this.svg.addEventListener("pointerdown", (e) => { if (e.pointerType === "mouse" && !e.target.closest("a")) { from = [e.clientX, e.clientY]; this.svg.setPointerCapture(e.pointerId); } });
    this.svg.addEventListener("pointermove", (e) => { if (from) this.layer.setAttribute("transform", `translate(${e.clientX - from[0]} ${e.clientY - from[1]})`); });
    this.svg.addEventListener("pointerup", (e) => {
      if (!from) return;
      this.shift = [this.shift[0] + e.clientX - from[0], this.shift[1] + e.clientY - from[1]];
      from = null;
      this.draw();
    });
  }
}

// The places around the middle of what happens that hold nine tenths of it: where the map begins.
function nearest(places) {
  const weight = (p) => p.events?.length ?? 1;
  const middle = (key) => {
    const sorted = [...places].sort((a, b) => a[key] - b[key]);
    let left = places.reduce((sum, p) => sum + weight(p), 0) / 2;
    return sorted.find((p) => (left -= weight(p)) <= 0)[key];
  };
  const [lat, lon] = [middle("lat"), middle("lon")];
  const far = (p) => Math.hypot(p.lat - lat, (p.lon - lon) * Math.cos((lat * Math.PI) / 180)) + (p.precision === "point" ? 0 : (p.radius ?? 0) / KM_PER_DEGREE);
  let left = places.reduce((sum, p) => sum + weight(p), 0) * 0.9;
  return [...places].sort((a, b) => far(a) - far(b)).filter((p) => { const kept = left > 0; left -= weight(p); return kept; });
}

// An area with a known reach is a circle of that reach; one without is drawn 15 km wide and dashed like the rest.
function shape(p) {
  if (p.precision === "point") return null;
  return geoCircle().center([p.lon, p.lat]).radius((p.radius ?? 15) / KM_PER_DEGREE)();
}

// What must be in view: an area, or a little ground around a point.
function frame(p) {
  const degrees = p.precision === "point" ? 0.35 : Math.min((p.radius ?? 15) / KM_PER_DEGREE, 8);
  const clamp = (lat) => Math.max(-80, Math.min(80, lat));
  return { type: "Feature", properties: {}, geometry: { type: "MultiPoint", coordinates: [[p.lon - degrees, clamp(p.lat - degrees)], [p.lon + degrees, clamp(p.lat + degrees)]] } };
}
