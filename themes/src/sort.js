// Sorting of tables by their heads, announced with aria-sort. It is our own
// because the small libraries for it sort A.10.2 before A.2.2.

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The text or date by which a cell sorts. */
function key(row, column) {
  const cell = row.cells[column];
  const time = cell.querySelector("time");
  return time ? time.dateTime : cell.textContent.trim();
}

function sort(table, column) {
  const heads = table.tHead.rows[0].cells;
  const up = heads[column].getAttribute("aria-sort") !== "ascending";
  for (const head of heads) head.removeAttribute("aria-sort");
  heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [key(row, column), row]);
  rows.sort(([a], [b]) => (up ? collator.compare(a, b) : collator.compare(b, a)));
  body.append(...rows.map(([, row]) => row));
}

export function sortTables() {
  const buttons = [];
  for (const table of document.querySelectorAll("table.data")) {
    if (!table.tHead || table.tBodies[0].rows.length < 3) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.querySelector("a")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column));
      head.append(button);
      buttons.push([head, button]);
    });
  }
  // On paper a head is text: a button would be a field of a form in the PDF.
  addEventListener("beforeprint", () => {
    for (const [, button] of buttons) button.replaceWith(...button.childNodes);
  });
  addEventListener("afterprint", () => {
    for (const [head, button] of buttons) {
      button.append(...head.childNodes);
      head.append(button);
    }
  });
}
