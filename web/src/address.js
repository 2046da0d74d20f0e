// The state of a page's filters lives in its address, after "#?", so that a view can be sent to somebody else.
// It is the fragment and not the query because pages opened from the disk may change only that.

export const read = () => new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");

export const write = (state) => {
  for (const [key, value] of [...state]) if (!value) state.delete(key, value);
  const text = state.toString();
  const bare = location.href.replace(/#.*$/, "");
  if (text) location.replace(`#?${text}`);
  else if (location.hash.startsWith("#?")) { try { history.replaceState(null, "", bare); } catch { location.replace("#"); } announce(); }
};

const listeners = new Set();
export const listen = (heard) => { listeners.add(heard); };
const announce = () => { for (const heard of listeners) heard(read()); };
addEventListener("hashchange", announce);
