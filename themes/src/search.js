// Search over all pages and records: "/" goes to it, Esc closes it. The list of
// what can be found is a script of its own, loaded when somebody begins.
import { labelled, say } from "./texts.js";

const most = 20;

/** Loads the list once; from disk only a script element can. */
let loading;
function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.root + "search/index.js";
    script.onload = () => resolve(window.annexSearch.map((item) => [item, fold(item[0]), fold(item[3])]));
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

/** Letters without case and accents. */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** How well a title and further words match; 0 for not at all. */
function score(wanted, title, words) {
  let sum = 0;
  for (const w of wanted) {
    const at = title.indexOf(w);
    if (at === 0) sum += 8;
    else if (at > 0) sum += /[^a-z0-9]/.test(title[at - 1]) ? 5 : 2;
    else if (words.includes(w)) sum += 1;
    else return 0;
  }
  return sum;
}

function find(list, query) {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const hits = [];
  for (const [item, title, words] of list) {
    const n = score(wanted, title, words);
    if (n > 0) hits.push([n, item]);
  }
  return hits.sort(([a], [b]) => b - a).map(([, item]) => item);
}

function entry([title, kind, path]) {
  const link = document.createElement("a");
  link.href = document.body.dataset.root + path;
  const what = document.createElement("span");
  what.textContent = kind;
  link.append(title, " ", what);
  const row = document.createElement("li");
  row.append(link);
  return row;
}

export function search() {
  if (document.body.dataset.root === undefined) return; // a page over several sites
  const head = document.querySelector("header.top");
  const box = document.createElement("div");
  box.setAttribute("role", "search");
  box.className = "search";
  const input = document.createElement("input");
  input.type = "search";
  input.autocomplete = "off";
  const panel = document.createElement("div");
  panel.className = "found";
  panel.hidden = true;
  const count = document.createElement("output");
  const results = document.createElement("ul");
  panel.append(count, results);
  box.append(labelled("search", input), panel);
  head.querySelector(".brand").after(box);

  const close = () => { panel.hidden = true; };
  const update = async () => {
    const hits = find(await load(), input.value);
    panel.hidden = input.value.trim() === "";
    count.textContent = hits.length > most ? say("more", most, hits.length) : hits.length ? say("found", hits.length) : say("nothing");
    results.replaceChildren(...hits.slice(0, most).map(entry));
  };
  input.addEventListener("focus", () => load().catch(() => {}));
  input.addEventListener("input", () => update().catch(close));
  const step = (by) => {
    const stops = [input, ...results.querySelectorAll("a")];
    stops[(stops.indexOf(document.activeElement) + by + stops.length) % stops.length].focus();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      input.value = "";
      close();
      input.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === input) {
      results.querySelector("a")?.click();
    }
  });
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(); });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea")) return;
    event.preventDefault();
    input.focus();
  });
}
