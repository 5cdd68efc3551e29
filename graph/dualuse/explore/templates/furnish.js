/* furnish.js: the tables of a board get their tools, and what the reader does with them stands in the address. */

import { at } from "./dom.js";
import { furnishTables } from "./tabling.js";
import { figure, say } from "./words.js";

/** Furnish every table of the board that has more than one row; its name is its id or its class. */
function furnishBoard(model, page) {
  for (const table of at("board").querySelectorAll("table[data-table]")) {
    if (table.tBodies.length === 0 || table.querySelectorAll("tbody tr").length < 2) continue;
    const name = table.dataset.table;
    furnishTables([table], {
      name,
      look: page.state.tables[name],
      tell: (key, blanks = {}) => say(model, key, Object.fromEntries(Object.entries(blanks).map(([blank, told]) => [blank, typeof told === "number" ? figure(model, told) : told]))),
      script: model.foldMap,
      language: () => model.language,
      place: (box) => table.before(box),
      keep: (look) => page.keepLook(name, look),
      shown: () => table.dispatchEvent(new Event("rows")),
    });
  }
}
