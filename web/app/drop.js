// Files dropped on the page, and how far the reading of them is.
import { post, say } from "./ask.js";
import { listen } from "./live.js";

export function drop() {
  const form = document.querySelector("[data-drop]");
  const box = document.querySelector("[data-run]");
  if (box) listen("run", (state) => show(box, state));
  if (!form) return;
  const zone = form.querySelector(".zone"), input = form.querySelector("input[type=file]"), words = form.querySelector("[data-zone]");
  const chosen = () => { words.textContent = input.files.length ? `${input.files.length} file${input.files.length === 1 ? "" : "s"}: ${[...input.files].slice(0, 5).map((f) => f.name).join(", ")}${input.files.length > 5 ? " …" : ""}` : "Choose files, or drop them here"; };
  input.addEventListener("change", chosen);
  for (const event of ["dragenter", "dragover"]) zone.addEventListener(event, (e) => { e.preventDefault(); zone.classList.add("over"); });
  for (const event of ["dragleave", "drop"]) zone.addEventListener(event, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (e) => { e.preventDefault(); input.files = e.dataTransfer.files; chosen(); if (input.files.length) form.requestSubmit(); });
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const told = await post("/accounts", new FormData(form));
      problems(box, told.refused);
      if (told.kept.length) { box.hidden = false; show(box, told.run); words.textContent = `${told.kept.length} taken in`; }
    } catch (error) { say(error.message, true); problems(box, [error.message]); } finally { button.disabled = false; }
  });
}

function problems(box, listed) {
  const place = box.querySelector("[data-run-problems]");
  if (listed.length) box.hidden = false;
  for (const text of listed) { const li = document.createElement("li"); li.textContent = text; place.append(li); }
}

const NAMES = () => JSON.parse(document.querySelector("[data-run]").dataset.steps);

function show(box, state) {
  if (state.state === "waiting") return;
  box.hidden = false;
  const names = NAMES(), progress = box.querySelector("progress"), step = names[state.step] ?? state.step;
  const words = { running: state.total ? `${step}: ${state.done} of ${state.total}` : step || "beginning", done: `Done: ${state.message}.`, failed: `That did not work: ${state.message}` };
  box.querySelector("[data-run-state]").textContent = words[state.state];
  if (state.state === "running" && state.total) { progress.max = state.total; progress.value = state.done; } else progress.removeAttribute("value");
  progress.hidden = state.state !== "running";
  box.querySelector("[data-run-steps]").replaceChildren(...state.steps.map((s) => { const li = document.createElement("li"); li.textContent = `${names[s.step] ?? s.step} `; const note = document.createElement("span"); note.className = "note"; note.textContent = s.kept ? "as before" : `${s.seconds.toFixed(1)} s`; li.append(note); return li; }));
  if (state.state === "done") {
    box.querySelector("[data-run-problems]").replaceChildren(...state.problems.map(([who, text]) => { const li = document.createElement("li"), b = document.createElement("b"); b.textContent = who; li.append(b, ` ${text}`); return li; }));
    box.querySelector("[data-run-done]").hidden = false;
  }
}
