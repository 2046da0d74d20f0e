// Requests to the app: always to itself, always with the session's token, errors as sentences.

const bar = () => document.querySelector("[data-bar]");
export const token = () => bar()?.dataset.token ?? "";
export const role = () => bar()?.dataset.role ?? "";
export const may = () => role() === "reviewer" || role() === "editor";

export async function get(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(await sentence(answer));
  return answer.json();
}

export async function part(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(`The page could not be loaded (${answer.status}).`);
  return answer.text();
}

export async function post(address, body) {
  const form = body instanceof FormData;
  const headers = { accept: "application/json", "x-variorum-token": token() };
  if (!form) headers["content-type"] = "application/json";
  let answer;
  try { answer = await fetch(address, { method: "POST", headers, body: form ? body : JSON.stringify(body ?? {}) }); }
  catch { throw new Error("The app does not answer: it may have been ended. Nothing was decided; start it again."); }
  if (!answer.ok) throw new Error(await sentence(answer));
  return answer.json();
}

async function sentence(answer) {
  try { return (await answer.json()).error; } catch { return `That did not work (${answer.status}).`; }
}

// One place for what the app has to say; read out by screen readers.
export function say(text, problem = false) {
  let place = document.querySelector("[data-told]");
  if (!place) {
    place = document.createElement("p");
    place.dataset.told = "";
    place.setAttribute("role", "status");
    bar()?.prepend(place);
  }
  place.className = problem ? "problem" : "";
  place.textContent = text;
}

// HTML of the app itself, put in place; text in it was escaped where it was made.
export function fill(element, html) {
  const made = new DOMParser().parseFromString(html, "text/html");
  element.replaceChildren(...made.body.childNodes);
}
