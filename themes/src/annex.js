// What pages can do beyond their HTML: search, sort and filter tables, open details for
// print. Without it every page is complete, only less handy.
import { sortTables } from "./sort.js";
import { filterTables } from "./filter.js";
import { search } from "./search.js";

sortTables();
filterTables();
search();

addEventListener("beforeprint", () => {
  for (const d of document.querySelectorAll("details:not([open])")) {
    d.open = true;
    d.dataset.opened = "";
  }
});
addEventListener("afterprint", () => {
  for (const d of document.querySelectorAll("details[data-opened]")) {
    d.open = false;
    delete d.dataset.opened;
  }
});
