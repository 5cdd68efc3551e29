/* opening.js: open what was found, where it stands. */

import { at } from "./dom.js";
import { goTo } from "./story.js";
import { foldSheet } from "./toolbar.js";
import { askNumber } from "./universes.js";

const NOTHING = { focus: null, path: null, near: 0, story: 0 };

/** Open an entry of the index: an entry or a link as its card, the others in the view that has them. */
function openFound(model, page, entry) {
  if (entry.is === "node") page.open(entry.node);
  else if (entry.is === "link") {
    page.openEdge(entry.edge);
    foldSheet(false);
    at("panel").focus({ preventScroll: true });
  } else if (entry.is === "number") askNumber(page, entry.number);
  else if (entry.is === "question") goTo(page, model.guide.questions[entry.question].state);
  else if (entry.is === "claimed") openClaim(page, entry.row, NOTHING);
  else {
    const event = entry.is === "event";
    page.change({ ...NOTHING, view: event ? "timeline" : "conflicts", ...(event ? { of: entry.node } : {}) });
    standOut(event ? `event-${entry.row}` : `claim-${entry.row}`);
  }
}

/** Open a claim where all of them stand, with none filtered away. */
function openClaim(page, row, change) {
  page.change({ ...change, view: "conflicts", tables: Object.fromEntries(Object.entries(page.state.tables).filter(([name]) => name !== "claims")) });
  standOut(`said-${row}`);
}

/** Bring a part of the board into sight and let it stand out. */
function standOut(id) {
  const part = at(id);
  if (part === null) return;
  for (const other of document.querySelectorAll(".found-here")) other.classList.remove("found-here");
  part.classList.add("found-here");
  part.scrollIntoView({ block: "center" });
  part.focus({ preventScroll: true });
}
