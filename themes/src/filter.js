// A filter above each long table: by words, by gaps where rows have them, which a
// table may call something else, and by the values of the columns whose heads are
// marked for it. The number of rows left is announced.
import { labelled, say } from "./texts.js";

/** The values of a cell, which separates several by commas. */
const values = (row, column) => row.cells[column].textContent.split(",").map((v) => v.trim());

function filter(table, { input, gaps, facets, output }) {
  const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of table.tBodies[0].rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !wanted.every((w) => text.includes(w)) || (gaps?.checked && !("gap" in row.dataset)) ||
      facets.some(({ column, select }) => select.value && !values(row, column).includes(select.value));
    if (!row.hidden) shown++;
  }
  output.textContent = say("rows", shown, table.tBodies[0].rows.length);
}

/** A choice among the values of one column. */
function facet(rows, head) {
  const column = head.cellIndex;
  const select = document.createElement("select");
  const found = new Set([...rows].flatMap((row) => values(row, column)));
  select.append(new Option(say("all"), ""), ...[...found].sort().map((v) => new Option(v, v)));
  const label = document.createElement("label");
  label.append(head.textContent.trim(), " ", select);
  return { column, select, label };
}

export function filterTables() {
  for (const table of document.querySelectorAll("table.data")) {
    const rows = table.tBodies[0]?.rows ?? [];
    const facets = rows.length > 1 ? [...table.querySelectorAll("thead th[data-facet]")].map((head) => facet(rows, head)) : [];
    if (rows.length < 8 && !facets.length) continue;
    const bar = document.createElement("div");
    bar.className = "filter";
    const input = document.createElement("input");
    input.type = "search";
    bar.append(labelled("filter", input), ...facets.map(({ label }) => label));
    let gaps = null;
    if ([...rows].some((row) => "gap" in row.dataset)) {
      gaps = document.createElement("input");
      gaps.type = "checkbox";
      bar.append(labelled(table.dataset.gaps ?? "gaps", gaps));
    }
    const output = document.createElement("output");
    bar.append(output);
    const update = () => filter(table, { input, gaps, facets, output });
    input.addEventListener("input", update);
    gaps?.addEventListener("change", update);
    for (const { select } of facets) select.addEventListener("change", update);
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
