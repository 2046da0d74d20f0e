// Long lists. The page holds its own rows; with filters the rows come from all pages: their facets are one small file,
// the rows themselves lie in chunks that are loaded, as scripts, when they are shown.
import { fold } from "./fold.js";
import { listen, read, write } from "./address.js";
import { count, say } from "./say.js";

const KEPT = new Set(["find", "from", "to", "page"]);

export function lists() {
  for (const host of document.querySelectorAll("[data-list]")) new List(host);
}

class List {
  constructor(host) {
    this.name = host.dataset.list;
    this.data = window.variorum?.[`list:${this.name}`];
    if (!this.data) return;
    this.pageHere = Number(host.dataset.page);
    this.pages = Number(host.dataset.pages);
    this.box = host.matches("[data-rows]") ? host : host.querySelector("[data-rows]");
    this.own = [...this.box.children];
    this.form = document.querySelector(`[data-filters="${this.name}"]`);
    this.pager = document.querySelector(`[data-pager="${this.name}"]`);
    this.plainPager = this.pager ? [...this.pager.childNodes] : [];
    this.loaded = new Map();
    this.chosen = "";
    this.prepare();
    listen((state) => this.show(state));
    this.show(read());
  }

  prepare() {
    if (!this.form) return;
    this.form.hidden = false;
    this.fill();
    let waiting = 0;
    const sift = () => { clearTimeout(waiting); waiting = setTimeout(() => write(this.fromForm()), 120); };
    this.form.addEventListener("change", sift);
    this.form.addEventListener("input", (e) => { if (e.target.type === "search") sift(); });
    this.form.addEventListener("submit", (e) => e.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => write(new URLSearchParams())));
  }

  // Selects with very many values come empty: their options are in the data.
  fill() {
    for (const select of this.form.querySelectorAll("select")) {
      const facet = this.data.facets[select.name];
      if (facet?.labels) select.append(...facet.values.map((value, i) => new Option(facet.labels[i], value)));
    }
  }

  fromForm() {
    const state = new URLSearchParams();
    for (const [name, boxes] of this.boxes()) {
      const on = boxes.filter((b) => b.checked);
      const every = boxes[0].dataset.every !== undefined || boxes[0].dataset.switch !== undefined;
      if (every ? on.length : on.length < boxes.length) for (const b of on) state.append(name, b.value);
      if (!every && !on.length) state.append(name, "-");
    }
    for (const s of this.form.querySelectorAll("select, input[type=search]")) if (s.value) state.append(s.name, s.value);
    for (const key of ["from", "to"]) if (read().get(key)) state.set(key, read().get(key));
    return state;
  }

  boxes() {
    const found = new Map();
    for (const b of this.form.querySelectorAll("input[type=checkbox]")) found.set(b.name, [...(found.get(b.name) ?? []), b]);
    return found;
  }

  toForm(state) {
    if (!this.form) return;
    for (const [name, boxes] of this.boxes()) {
      const values = state.getAll(name);
      const every = boxes[0].dataset.every !== undefined || boxes[0].dataset.switch !== undefined;
      for (const b of boxes) b.checked = values.length ? values.includes(b.value) : !every;
    }
    for (const s of this.form.querySelectorAll("select, input[type=search]")) if (document.activeElement !== s) s.value = state.get(s.name) ?? "";
  }

  matches(state) {
    const tests = Object.entries(this.data.facets).map(([name, facet]) => this.facetTest(name, facet, state.getAll(name))).filter(Boolean);
    const words = fold(state.get("find") ?? "").split(/\s+/).filter(Boolean);
    if (words.length) {
      this.folded ??= this.data.find.map(fold);
      tests.push((i) => words.every((w) => this.folded[i].includes(w)));
    }
    const [from, to] = [day(state.get("from")), day(state.get("to"))];
    if (from !== null) tests.push((i) => (this.data.high[i] ?? this.data.low[i] ?? -1) >= from);
    if (to !== null) tests.push((i) => (this.data.low[i] ?? this.data.high[i] ?? Infinity) < to + 1);
    return this.data.keys.map((_, i) => i).filter((i) => tests.every((t) => t(i)));
  }

  // A switch, not ticked, hides the rows that have its value; ticked, it hides nothing.
  facetTest(name, facet, values) {
    const box = this.form?.querySelector(`input[name="${CSS.escape(name)}"][data-switch]`);
    if (box) return values.includes(box.value) ? null : (i) => !facet.rows[i].includes(facet.values.indexOf(box.value));
    if (!values.length) return null;
    const wanted = values.map((v) => facet.values.indexOf(v));
    const every = this.form?.querySelector(`input[name="${CSS.escape(name)}"]`)?.dataset.every !== undefined;
    return every ? (i) => wanted.every((w) => facet.rows[i].includes(w)) : (i) => facet.rows[i].some((v) => wanted.includes(v));
  }

  async show(state) {
    this.toForm(state);
    const found = this.matches(state);
    const filtered = [...state.keys()].some((k) => k in this.data.facets || KEPT.has(k)) || (found.length < this.data.keys.length && this.pageHere === 0);
    const size = this.data.size;
    const last = Math.max(Math.ceil(found.length / size) - 1, 0);
    const page = Math.min(Number(state.get("page") ?? 1) - 1, last);
    const wanted = `${state}`;
    this.chosen = wanted;
    if (!filtered) this.box.replaceChildren(...this.own);
    else {
      const rows = await Promise.all(found.slice(page * size, (page + 1) * size).map((i) => this.row(i)));
      if (this.chosen !== wanted) return;
      this.box.replaceChildren(...rows.filter(Boolean));
    }
    this.tell(state, filtered, found, page, last);
  }

  tell(state, filtered, found, page, last) {
    const shown = document.querySelector("[data-shown]");
    if (shown) shown.textContent = count(found.length);
    const status = document.querySelector("[data-state]");
    const total = count(this.data.keys.length);
    if (status) status.textContent = !filtered ? "" : state.get("from") ? say("of {} between {} and {}", total, state.get("from"), state.get("to")) : say("of {}", total);
    if (this.pager) this.pager.replaceChildren(...(filtered ? this.turners(state, page, last) : this.plainPager));
    dispatchEvent(new CustomEvent("variorum:shown", { detail: filtered ? new Set(found.map((i) => this.data.keys[i])) : null }));
  }

  turners(state, page, last) {
    if (last < 1) return [];
    const turn = (text, to) => {
      const b = document.createElement("button");
      b.type = "button"; b.textContent = text; b.disabled = to < 0 || to > last;
      b.addEventListener("click", () => { const next = new URLSearchParams(state); next.set("page", String(to + 1)); write(next); this.box.closest("table, ol, ul").scrollIntoView(); });
      return b;
    };
    const where = document.createElement("span");
    where.textContent = say("page {} of {}", page + 1, last + 1);
    return [turn(say("earlier in the list"), page - 1), where, turn(say("further in the list"), page + 1)];
  }

  async row(i) {
    const here = i - this.pageHere * this.data.size;
    if (here >= 0 && here < this.own.length) return this.own[here];
    const chunk = Math.floor(i / this.data.chunk);
    const rows = await this.chunk(chunk);
    return rows[i - chunk * this.data.chunk];
  }

  chunk(n) {
    if (!this.loaded.has(n)) this.loaded.set(n, load(`data/${this.name}-rows-${n}.js`, `rows:${this.name}:${n}`).then((html) => html.map(node)));
    return this.loaded.get(n);
  }
}

// Rows are HTML that the edition's own templates made and escaped; a template element parses table rows as well as list items.
function node(html) {
  const made = document.createElement("template");
  made.innerHTML = html.trim();
  return made.content.firstElementChild;
}

export function load(file, name) {
  return new Promise((done, failed) => {
    if (window.variorum?.[name]) { done(window.variorum[name]); return; }
    const script = document.createElement("script");
    script.src = (document.documentElement.dataset.root ?? "") + file;
    script.onload = () => done(window.variorum?.[name] ?? []);
    script.onerror = () => failed(new Error(`${file} is missing from the edition's folder`));
    document.head.append(script);
  });
}

// Days as Python counts them (0001-01-01 is 1), and before our era on from there.
export function day(iso) {
  const m = /^(-?\d{4})-(\d\d)-(\d\d)$/.exec(iso ?? "");
  if (!m) return null;
  const date = new Date(Date.UTC(2000, Number(m[2]) - 1, Number(m[3])));
  date.setUTCFullYear(Number(m[1]));
  return Math.round(date.getTime() / 86400000) + 719163;
}
