/* matrix.js: who said what about a measure, and on what grounds: a row for each position, as in `said --matrix`. */

import { namedColumns } from "./behind.js";
import { at, draw, make } from "./dom.js";
import { icon, nodeButton, outline } from "./elements.js";
import { actsOf, placeIn, positionsOf, statementOf, windowAround } from "./positions.js";
import { ANY } from "./state.js";
import { rove } from "./svg.js";
import { conceptName, shortName } from "./time.js";
import { figure, nameOf, say, word } from "./words.js";

const STANCE_LOOKS = {
  supports: { shape: "circle", colour: "#56B4E9" },
  opposes: { shape: "square", colour: "#E8743B" },
  concerned: { shape: "triangle", colour: "#E69F00" },
  "requests-change": { shape: "hexagon", colour: "#D8A0C0" },
  neutral: { shape: "diamond", colour: "#BBBBBB" },
};
const SPANS = [1, 3, 7, 30];
const NO_GROUND = "";
const CHOICE_WORDS = { of: "matrix_of", around: "matrix_around", within: "matrix_days" };

/** How often each instrument is spoken about, the most often first. */
function spokenAbout(model) {
  const counts = new Map();
  for (const { instruments } of model.speech.values())
    for (const id of instruments) if (model.number.has(id)) counts.set(model.number.get(id), (counts.get(model.number.get(id)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([node]) => node);
}

/** The instrument that stances are about: chosen, the page's own, or the one most spoken about; null for any. */
function objectOf(model, state) {
  if (state.of === ANY) return null;
  const spoken = spokenAbout(model);
  const wanted = [state.of, model.number.get(model.about.subject)].find((node) => spoken.includes(node));
  return wanted ?? spoken[0] ?? null;
}

/** What the matrix shows: the object, the window, the acts in it and in doubt, and the positions taken. */
function matrixOf(model, page) {
  const object = objectOf(model, page.state);
  const event = object === null ? undefined : (model.eventsOf.get(object) ?? []).find(({ number }) => number === page.state.around);
  const window_ = event === undefined ? null : windowAround(event, page.state.within);
  const about = (statement) => object === null || statement.instruments.includes(model.nodes.id[object]);
  const shown = [...model.speech.values()].filter(
    (statement) => statement.earliest <= model.at && page.visible.nodeOn[model.number.get(statement.key)] && about(statement),
  );
  const acts = actsOf(shown);
  const inside = acts.filter((act) => placeIn(window_, act) === "inside");
  const unsure = acts.filter((act) => placeIn(window_, act) === "unsure").length;
  return { object, event, window: window_, acts: inside, unsure, positions: positionsOf(inside) };
}

/** Grounds, the most invoked first; what gives none stands last. */
function matrixGrounds(positions) {
  const counts = new Map();
  for (const { grounds } of positions)
    for (const ground of grounds.length > 0 ? grounds : [NO_GROUND]) counts.set(ground, (counts.get(ground) ?? 0) + 1);
  const order = (a, b) => (a[0] === NO_GROUND) - (b[0] === NO_GROUND) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  return [...counts].sort(order).map(([ground]) => ground);
}

function groundName(model, ground) {
  return ground === NO_GROUND ? say(model, "no_ground") : conceptName(model, "ground", ground);
}

/** Positions by stance, in the order of the legend, each stance by name of who holds it. */
function byStance(model, positions) {
  const collator = new Intl.Collator(model.language);
  return Object.keys(STANCE_LOOKS)
    .map((stance) => {
      const held = positions.filter((position) => position.stance === stance);
      return [stance, held.sort((a, b) => collator.compare(holderName(model, a), holderName(model, b)))];
    })
    .filter(([, held]) => held.length > 0);
}

/** Who holds a position; a member of a legislature with its name. */
function holderName(model, { holder, organisation }) {
  const name = (id) => (model.number.has(id) ? nameOf(model, model.number.get(id)).text : id.slice(id.indexOf(":") + 1));
  return holder === organisation ? name(holder) : `${name(holder)} (${name(organisation)})`;
}

function showMatrix(model, page) {
  const found = matrixOf(model, page);
  const grounds = matrixGrounds(found.positions);
  const stances = byStance(model, found.positions);
  const table = matrixTable(model, page, found, stances, grounds);
  const lines = [
    make("p", { class: "board-title", id: "matrix-answer" }, matrixTitle(model, found)),
    ...(found.unsure > 0 ? [make("p", { class: "quiet" }, say(model, "matrix_unsure", { n: found.unsure }))] : []),
  ];
  at("board").replaceChildren(
    matrixChoice(model, page, found),
    ...lines,
    stanceLegend(model),
    ...(found.positions.length === 0 ? [make("p", {}, say(model, "matrix_empty", { date: model.at }))] : [table]),
  );
  rove(table, [...table.querySelectorAll("td button")]);
  page.behind = () => ({ statements: statementRecords(model, found) });
}

/** Every statement of a position, once for each ground that is given for it, as a flat record. */
function statementRecords(model, { positions }) {
  return positions.flatMap((position) =>
    (position.grounds.length > 0 ? position.grounds : [NO_GROUND]).flatMap((ground) =>
      givenIn(position, ground).map(({ key, stance }) => ({
        speaker: position.holder,
        speaker_label: model.number.has(position.holder) ? model.nodes.label[model.number.get(position.holder)] : position.holder,
        ground,
        stance,
        ...namedColumns(model, model.number.get(key), "statement"),
      })),
    ),
  );
}

/** The answer in a sentence: how many positions in how many statements, about what, when. */
function matrixTitle(model, { object, window: days, acts, positions }) {
  const blanks = {
    positions: figure(model, positions.length),
    acts: figure(model, acts.length),
    object: object === null ? say(model, "object_any") : nameOf(model, object).text,
    ...days,
    date: model.at,
  };
  return say(model, days === null ? "matrix_said" : "matrix_within", blanks);
}

/** Which measure, around which of its events, how many days. */
function matrixChoice(model, page, { object, event }) {
  const collator = new Intl.Collator(model.language, { numeric: true });
  const named = spokenAbout(model).map((node) => [nameOf(model, node).text, node]).sort((a, b) => collator.compare(a[0], b[0]));
  const about = [
    make("option", { value: String(ANY), selected: object === null }, say(model, "object_any")),
    ...named.map(([name, node]) => make("option", { value: String(node), selected: node === object }, name)),
  ];
  const events = object === null ? [] : (model.eventsOf.get(object) ?? []);
  const around = [
    make("option", { value: "0", selected: event === undefined }, say(model, "any_time")),
    ...events.map((each) => make("option", { value: String(each.number), selected: each === event }, `${each.on} ${word(model, "event_kind", each.kind)}`)),
  ];
  const within = [...new Set([...SPANS, page.state.within])]
    .sort((a, b) => a - b)
    .map((days) => make("option", { value: String(days), selected: days === page.state.within }, say(model, "days_n", { n: days })));
  const choose = (name) => (change) => page.change({ [name]: Number(change.target.value), ...(name === "of" ? { around: 0 } : {}) });
  const part = (name, options, disabled) =>
    make(
      "span",
      {},
      make("label", { for: `matrix-${name}` }, say(model, CHOICE_WORDS[name])),
      make("select", { id: `matrix-${name}`, onchange: choose(name), disabled }, ...options),
    );
  return make(
    "div",
    { class: "matrix-choice" },
    part("of", about, false),
    part("around", around, events.length === 0),
    part("within", within, event === undefined),
  );
}

function matrixTable(model, page, found, stances, grounds) {
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, say(model, "speaker")),
    ...grounds.map((ground) => make("th", { scope: "col" }, groundName(model, ground))),
  );
  const bodies = stances.map(([stance, held]) => {
    const title = make("th", { scope: "colgroup", colspan: grounds.length + 1 }, stanceIcon(model, stance), stanceTitle(model, found, stance, held.length));
    const rows = held.map((position) => matrixRow(model, page, found, position, grounds));
    return make("tbody", { "data-stance": stance }, make("tr", { class: "stance-title" }, title), ...rows);
  });
  const caption = make("caption", { class: "hidden" }, matrixTitle(model, found));
  return make("table", { class: "matrix", "data-table": "matrix" }, caption, make("thead", {}, head), ...bodies);
}

/** A stance with its object: what is supported may be that a rule goes. */
function stanceTitle(model, { object }, stance, count) {
  const name = object === null ? say(model, "object_any") : shortName(model, object);
  return say(model, "stance_on", { stance: word(model, "stance", stance), object: name, n: figure(model, count) });
}

function matrixRow(model, page, found, position, grounds) {
  const cells = grounds.map((ground) => {
    const given = ground === NO_GROUND ? position.grounds.length === 0 : position.grounds.includes(ground);
    return make("td", {}, ...(given ? givenIn(position, ground).map((own) => stanceButton(model, page, position, ground, own)) : []));
  });
  const holder = model.number.get(position.holder);
  const open = holder === undefined ? holderName(model, position) : nodeButton(model, holder, page.open);
  const forWhom = position.holder === position.organisation ? null : make("small", {}, ` ${holderName(model, { holder: position.organisation, organisation: position.organisation })}`);
  return make("tr", { "data-holder": position.holder }, make("th", { scope: "row" }, open, forWhom), ...cells);
}

/** The statements in which a ground is given for a position. */
function givenIn(position, ground) {
  return position.acts
    .map((act) => [act, statementOf(act, position.organisation)])
    .filter(([act, own]) => {
      const given = act.signers.length > 1 || own.grounds.length === 0 ? act.grounds : own.grounds;
      return ground === NO_GROUND || given.includes(ground);
    })
    .map(([, own]) => own);
}

/** A statement as a mark that opens it; its label says who, which stance on what, why and when. */
function stanceButton(model, page, position, ground, own) {
  const statement = model.number.get(own.key);
  const objects = own.instruments.filter((id) => model.number.has(id)).map((id) => shortName(model, model.number.get(id)));
  const blanks = {
    who: holderName(model, position),
    stance: word(model, "stance", own.stance),
    object: objects.join("; ") || say(model, "object_none"),
    ground: groundName(model, ground),
    date: own.earliest === own.latest ? own.earliest : own.earliest.slice(0, 7),
  };
  const label = say(model, "mark_label", blanks);
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
    stanceIcon(model, own.stance),
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
