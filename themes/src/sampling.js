// The sampling sheet with a seed and sizes of the auditor's own. Without this
// script the page shows the sample of the pack's seed.
import { draw } from "./draw.js";

const bar = document.getElementById("draw");
const tables = [...document.querySelectorAll("table.sample")];

function field(type, label, value) {
  const input = document.createElement("input");
  input.type = type;
  input.value = value;
  if (type === "number") input.min = 1;
  const around = document.createElement("label");
  around.append(label + " ", input);
  bar.append(around);
  return input;
}

function element(name, ...children) {
  const e = document.createElement(name);
  e.append(...children);
  return e;
}

function link({ title, path }) {
  const a = element("a", title);
  a.href = path;
  return a;
}

/** What to look at of one item: some of its executions and evidence. */
function looks(item, seed, per, table) {
  const items = item.items ?? [];
  if (!items.length) {
    const none = element("span", table.dataset.none);
    none.className = "none";
    return none;
  }
  return element("ul", ...draw(seed, items.map((x) => x.key), per).map(([i]) =>
    element("li", items[i].title, ...(items[i].links ?? []).flatMap((x) => [" · ", link(x)]))));
}

function row(item, digest, seed, per, table) {
  const head = element("th", link(item), " ", element("code", item.key), " ", element("code", digest.slice(0, 16)));
  head.scope = "row";
  const empty = () => {
    const hidden = element("span", table.dataset.fill);
    hidden.className = "hidden";
    const cell = element("td", hidden);
    cell.className = "line";
    return cell;
  };
  return element("tr", head, element("td", item.owner), element("td", looks(item, seed, per, table)), empty(), empty(), empty());
}

/** A text between the quotes of a shell. */
const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Lets the page say how the sample that it shows was drawn. */
function tell(seed, key, own, per) {
  document.getElementById("seed").textContent = seed;
  const check = document.getElementById("check");
  if (check) check.textContent = key ? `printf '%s\\n%s' ${quoted(seed)} ${quoted(key)} | sha256sum` : "";
  const sizes = document.getElementById("sizes");
  sizes.dataset.rule ??= sizes.textContent;
  sizes.textContent = (own ? sizes.dataset.own : sizes.dataset.rule).replace(/\d+/, per);
}

function start(items) {
  bar.className = "filter";
  const seed = field("text", bar.dataset.seed, document.getElementById("seed").textContent);
  const sizes = tables.map((table) => field("number", table.caption.textContent, table.dataset.size));
  const per = field("number", bar.dataset.per, bar.dataset.n);
  const button = element("button", bar.dataset.button);
  button.type = "button";
  bar.append(button);
  const update = () => {
    let first; // key of the first item
    tables.forEach((table, t) => {
      const list = items[table.dataset.list];
      const drawn = draw(seed.value, list.map((x) => x.key), Number(sizes[t].value));
      if (drawn.length) first ??= list[drawn[0][0]].key;
      table.tBodies[0].replaceChildren(...drawn.map(([i, digest]) => row(list[i], digest, seed.value, Number(per.value), table)));
      const output = document.querySelectorAll("output[data-of]")[t];
      output.textContent = output.textContent.replace(/\d+/, drawn.length);
    });
    tell(seed.value, first, sizes.some((size, t) => size.value !== tables[t].dataset.size), Math.max(Number(per.value), 0));
  };
  button.addEventListener("click", update);
  bar.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target !== button) update(); });
}

const script = document.createElement("script"); // from disk only a script element can load
script.src = bar.dataset.items;
script.onload = () => start(window.annexItems);
document.head.append(script);
