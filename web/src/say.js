// What the scripts say, in the language of the page: a table on the page's first element, in English where it has none.
let table;
const messages = () => (table ??= JSON.parse(document.documentElement.dataset.messages ?? "{}"));
export const say = (message, ...values) => (messages()[message] ?? message).replace(/\{\}/g, () => values.shift());
export const count = (number) => number.toLocaleString(document.documentElement.dataset.messages ? document.documentElement.lang : "en");
