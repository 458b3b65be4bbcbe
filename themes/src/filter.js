// A filter above each long table: by words, and by gaps where rows have them.
// The number of rows left is announced.
import { labelled, say } from "./texts.js";

function filter(table, input, gaps, output) {
  const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of table.tBodies[0].rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !wanted.every((w) => text.includes(w)) || (gaps?.checked && !("gap" in row.dataset));
    if (!row.hidden) shown++;
  }
  output.textContent = say("rows", shown, table.tBodies[0].rows.length);
}

export function filterTables() {
  for (const table of document.querySelectorAll("table.data")) {
    const rows = table.tBodies[0]?.rows ?? [];
    if (rows.length < 8) continue;
    const bar = document.createElement("div");
    bar.className = "filter";
    const input = document.createElement("input");
    input.type = "search";
    bar.append(labelled("filter", input));
    let gaps = null;
    if ([...rows].some((row) => "gap" in row.dataset)) {
      gaps = document.createElement("input");
      gaps.type = "checkbox";
      bar.append(labelled("gaps", gaps));
    }
    const output = document.createElement("output");
    bar.append(output);
    const update = () => filter(table, input, gaps, output);
    input.addEventListener("input", update);
    gaps?.addEventListener("change", update);
    update();
    (table.closest(".table-wrap") ?? table).before(bar);
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches?.(".filter input[type=search]")) {
      event.target.value = "";
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
      event.target.blur();
    }
  });
}
