/* matrix.js: who said what: organisations by ground, one mark a statement, stance by shape and colour. */

import { namedColumns } from "./behind.js";
import { at, draw, make } from "./dom.js";
import { icon, nodeButton, outline } from "./elements.js";
import { rove } from "./svg.js";
import { conceptName } from "./time.js";
import { nameOf, say, word } from "./words.js";

const STANCE_LOOKS = {
  supports: { shape: "circle", colour: "#56B4E9" },
  opposes: { shape: "square", colour: "#E8743B" },
  concerned: { shape: "triangle", colour: "#E69F00" },
  neutral: { shape: "diamond", colour: "#BBBBBB" },
  "requests-change": { shape: "hexagon", colour: "#D8A0C0" },
};
const FIRST_SPEAKERS = 40;

/** Organisation -> ground -> statements, of what is shown; most statements first. */
function matrixRows(model, visible) {
  const rows = new Map();
  model.edges.kind.forEach((kind, edge) => {
    if (kind !== "said" || !visible.edgeOn[edge]) return;
    const [speaker, statement] = [model.edges.from[edge], model.edges.to[edge]];
    const grounds = model.history.grounds[model.nodes.id[statement]] ?? [];
    if (!rows.has(speaker)) rows.set(speaker, { speaker, statements: new Set(), cells: new Map() });
    rows.get(speaker).statements.add(statement);
    for (const ground of grounds) {
      const { cells } = rows.get(speaker);
      cells.set(ground, [...(cells.get(ground) ?? []), statement]);
    }
  });
  return [...rows.values()].sort((a, b) => b.statements.size - a.statements.size || a.speaker - b.speaker);
}

/** Grounds, the most invoked first. */
function matrixGrounds(rows) {
  const counts = new Map();
  for (const { cells } of rows)
    for (const [ground, statements] of cells) counts.set(ground, (counts.get(ground) ?? 0) + statements.length);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([ground]) => ground);
}

function showMatrix(model, page) {
  const rows = matrixRows(model, page.visible);
  const grounds = matrixGrounds(rows);
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, say(model, "speaker")),
    ...grounds.map((ground) => make("th", { scope: "col" }, conceptName(model, "ground", ground))),
  );
  const body = make("tbody", {}, ...rows.map((row, place) => matrixRow(model, page, row, grounds, place)));
  const table = make("table", { class: "matrix" }, make("caption", {}, say(model, "matrix_title")), make("thead", {}, head), body);
  const more = make(
    "button",
    {
      type: "button",
      class: "plain more",
      hidden: rows.length <= FIRST_SPEAKERS,
      onclick: () => {
        body.querySelectorAll("tr").forEach((row) => {
          row.hidden = false;
        });
        more.hidden = true;
      },
    },
    say(model, "show_more", { n: rows.length - FIRST_SPEAKERS }),
  );
  at("board").replaceChildren(
    stanceLegend(model),
    ...(rows.length === 0 ? [make("p", {}, say(model, "matrix_empty", { date: model.at }))] : [table, more]),
  );
  page.behind = () => ({ statements: statementRecords(model, rows, grounds) });
  rove(table, [...table.querySelectorAll("td button")]);
}

/** Every statement in the matrix, once for each ground it names, as a flat record. */
function statementRecords(model, rows, grounds) {
  return rows.flatMap((row) =>
    grounds.flatMap((ground) =>
      (row.cells.get(ground) ?? []).map((statement) => ({
        speaker: model.nodes.id[row.speaker],
        speaker_label: model.nodes.label[row.speaker],
        ground,
        stance: model.nodes.stance[statement],
        ...namedColumns(model, statement, "statement"),
      })),
    ),
  );
}

function matrixRow(model, page, row, grounds, place) {
  const cells = grounds.map((ground) => {
    const marks = (row.cells.get(ground) ?? []).map((statement) => stanceButton(model, page, row, ground, statement));
    return make("td", {}, ...marks);
  });
  const name = make("th", { scope: "row" }, nodeButton(model, row.speaker, page.open));
  return make("tr", { hidden: place >= FIRST_SPEAKERS }, name, ...cells);
}

/** A statement as a mark that opens it. */
function stanceButton(model, page, row, ground, statement) {
  const stance = model.nodes.stance[statement];
  const label = [
    nameOf(model, row.speaker).text,
    conceptName(model, "ground", ground),
    word(model, "stance", stance),
    nameOf(model, statement).text,
  ].join(", ");
  const chosen = page.state.focus?.node === statement ? " chosen" : "";
  return make(
    "button",
    {
      type: "button",
      class: `stance-mark${chosen}`,
      "aria-label": label,
      title: label,
      onclick: () => page.open(statement, { keepView: true }),
    },
    stanceIcon(model, stance),
  );
}

function stanceIcon(model, stance) {
  return icon(...stanceParts(model, stance));
}

/** Shape and sign of a stance. */
function stanceParts(model, stance) {
  const look = STANCE_LOOKS[stance] ?? STANCE_LOOKS.neutral;
  const sign = draw("text", { y: look.shape === "triangle" ? 0.6 : 0.44 }, model.marks[stance] ?? "");
  return [outline(look.shape, look.colour), sign];
}

function stanceLegend(model) {
  const items = Object.keys(STANCE_LOOKS).map((stance) =>
    make("li", {}, stanceIcon(model, stance), word(model, "stance", stance)),
  );
  return make("ul", { class: "board-legend" }, ...items);
}
