/* shell.js: joins the parts. One state, one way to change it, one address that says it all. */

import { readHash, writeHash } from "./address.js";
import { closedGroup, closedGroups } from "./clusters.js";
import { showCompare } from "./compare.js";
import { showConflicts } from "./conflicts.js";
import { startCursor } from "./cursor.js";
import { afterPaint, at, notify } from "./dom.js";
import { readTheme } from "./drawing.js";
import { showEmbedded } from "./embed.js";
import { showFlow } from "./flow_view.js";
import { furnishBoard } from "./furnish.js";
import { showLanding } from "./landing.js";
import { showLegend } from "./legend.js";
import { otherEnd } from "./links.js";
import { showMatrix } from "./matrix.js";
import { buildModel } from "./model.js";
import { openFound } from "./opening.js";
import { unpackJson } from "./packed.js";
import { showPanel } from "./panel.js";
import { pathOf } from "./paths.js";
import { drawnWay } from "./reached.js";
import { arrangeShown } from "./relayout.js";
import { startSearch } from "./search.js";
import { openAsSaved } from "./saving.js";
import { FACETS, freshFilters, freshState, reveal, visibleParts } from "./state.js";
import { strengths } from "./strength.js";
import { showTable } from "./table.js";
import { applyTime } from "./time.js";
import { notThere, showTime, startTimeBar, unknownStarts } from "./timebar.js";
import { showTimeline } from "./timeline.js";
import { foldSheet, isDark, listenToKeys, listenToToolbar, printInLight, setTheme } from "./toolbar.js";
import { figure, nameOf, say } from "./words.js";
import { showWorld } from "./world.js";

/** Unpack, build, listen, show; the renderer that begins the page says how the map is drawn. */
async function startPage(createRenderer) {
  if (typeof DecompressionStream === "undefined") {
    at("loading").hidden = true;
    at("old-browser").hidden = false;
    return;
  }
  const model = buildModel(await unpackJson("payload"));
  const page = createPage(model, createRenderer);
  page.renderer.select((hit) => chooseOnMap(page, hit));
  page.renderer.moved((camera) => page.rememberCamera(camera));
  const parts = { panel: "results-box", list: "results", note: "results-note", input: "search" };
  startSearch(model, Object.fromEntries(Object.entries(parts).map(([name, id]) => [name, at(id)])), (entry) => openFound(model, page, entry));
  startCursor(model, page, (hit) => chooseOnMap(page, hit));
  startTimeBar(model, page);
  listenToToolbar(model, page);
  listenToKeys(page);
  addEventListener("hashchange", () => page.read());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => page.show());
  addEventListener("beforeprint", () => printInLight(page, true));
  addEventListener("afterprint", () => printInLight(page, false));
  at("loading").hidden = true;
  for (const view of model.views) at(`view-${view}`).hidden = false;
  page.read();
  placeCamera(page);
  requestAnimationFrame(() => requestAnimationFrame(() => markDrawn()));
}

/** Note when the first picture stood, for those who measure. */
function markDrawn() {
  performance.mark("dualuse-drawn");
  document.body.dataset.drawn = "yes";
}

/** The page: state, what follows from it, and the few ways to change it. */
function createPage(model, createRenderer) {
  const opened = document.documentElement.lang;
  const page = { model, opened, state: freshState(model, opened), renderer: createRenderer(model, at("map")) };
  page.change = (change, how) => changeState(page, change, how);
  page.read = () => readAddress(page);
  page.show = () => showPage(page);
  page.open = (node, how) => openNode(page, node, how);
  page.keepLook = (name, look) => keepLook(page, name, look);
  page.openEdge = (edge) => page.change({ focus: { edge } });
  page.close = () => page.change(page.state.focus === null ? { path: null, group: null } : { focus: null, near: 0 });
  page.setNear = (near) => {
    page.change({ near });
    page.bringIntoView();
    at("depth")?.focus();
  };
  page.zoom = (factor) => page.renderer.zoom(factor);
  page.pan = (dx, dy) => page.renderer.pan(dx, dy);
  page.fit = () => {
    page.renderer.fit();
    page.change({ camera: null }, { quietly: true });
  };
  page.rememberCamera = (camera) => {
    clearTimeout(page.cameraTimer);
    page.cameraTimer = setTimeout(() => page.change({ camera }, { quietly: true, still: true }), 400);
  };
  page.bringIntoView = () => bringIntoView(page);
  return page;
}

/** A click on the map: open what was hit; a closed group opens first. */
function chooseOnMap(page, hit) {
  const { model, state } = page;
  const group = hit?.node === undefined ? -1 : closedGroup(model, state, hit.node);
  const open = group < 0 ? state.open : new Set([...state.open, group]);
  page.change({ focus: hit, near: 0, open });
  if (hit !== null) foldSheet(false);
}

/** Where the map looks at first: where the address says, else at everything and then at the focus. */
function placeCamera(page) {
  const { camera } = page.state;
  if (camera !== null) {
    page.renderer.camera({ x: camera[0], y: camera[1], k: camera[2] });
    return;
  }
  page.renderer.fit();
  page.bringIntoView();
}

/** Change the state and write it into the address; the address then drives the page, as back and forward do. Quietly:
    without a new entry in the history of the browser. Still: nothing that is shown depends on the change. */
function changeState(page, change, { quietly = false, still = false } = {}) {
  const moves = ["focus", "path", "story"].some((name) => name in change) && !("camera" in change);
  if (moves) clearTimeout(page.cameraTimer);
  page.state = { ...page.state, ...(moves ? { camera: null } : {}), ...change };
  const hash = writeHash(page.model, page.state, page.opened);
  if (hash !== location.hash.replace(/^#/, "")) {
    if (quietly) history.replaceState(null, "", `#${hash}`);
    else location.hash = hash;
  }
  page.written = location.hash;
  if (!still) page.show();
}

/** Take the state from the address, unless the page wrote it itself a moment ago. */
function readAddress(page) {
  if (page.visible === undefined) openAsSaved();
  if (page.written === location.hash) return;
  page.written = location.hash;
  const first = page.visible === undefined;
  const missing = [];
  page.state = readHash(page.model, location.hash, page.opened, missing);
  page.show();
  for (const id of missing) notify(say(page.model, "not_here", { id }));
  if (first) return;
  if (page.state.camera !== null) placeCamera(page);
  else page.bringIntoView();
}

/** Make everything on the page say what the state says. What has not changed since is left as it stands; where things
    lie is asked before anything is written, and after all of it, for every such question in between lays out the page. */
function showPage(page) {
  const { model, state } = page;
  page.scrolled = scrolledTo(page);
  setLanguage(page);
  setTheme(page);
  applyTime(model, state.at, state.lens);
  showWhatChanged(page, "visible", visibleOn(state), () => {
    page.visible = visibleParts(model, state);
  });
  const moved = arrangeShown(model, state, page.visible);
  const on = [page.visible, state.focus, state.path, state.open, state.language, model.lens, model.nodes.x, isDark()];
  showWhatChanged(page, "scene", on, () => {
    page.scene = {
      ...strengths(model, state, page.visible, drawnWay(page, pathOf(page))),
      closed: closedGroups(model, state),
      theme: readTheme(),
      when: `${model.at} ${model.lens}`,
    };
  });
  page.renderer.paint(page.scene);
  if (moved && state.camera === null) page.renderer.fit();
  showWhatChanged(page, "time", [state.at, state.lens, state.language], () => showTime(page));
  if (WITHOUT_LEGEND.includes(state.view)) afterPaint(() => showFilters(page));
  else showFilters(page);
  arrangePage(state);
  showWhatChanged(page, "panel", [...panelOn(state), page.visible, model.at, model.lens], () => showPanel(model, page));
  showView(page);
  showStatus(page);
  showEmbedded(page);
  document.body.dataset.card = state.focus === null && state.path === null && state.story === 0 ? "start" : "chosen";
}

/** Show a part again if something it depends on is another than it was. */
function showWhatChanged(page, part, on, act) {
  const before = (page.shownOn ??= {})[part];
  if (before !== undefined && before.length === on.length && on.every((one, place) => one === before[place])) return;
  page.shownOn[part] = on;
  act();
}

const WITHOUT_LEGEND = ["start", "network"];

/** The legend, where it may be seen or, behind the first screen, soon may be. */
function showFilters(page) {
  const { model, state, visible } = page;
  showWhatChanged(page, "legend", [visible, state.off, state.language], () =>
    showLegend(model, state, visible, (facet, values) => changeFilter(page, facet, values)),
  );
}

/** What it depends on which entries and links are visible. */
function visibleOn({ at: day, lens, off, open, near, focus }) {
  const filtered = FACETS.some((facet) => off[facet].size > 0);
  return [day, lens, off, open, near, near > 0 || filtered ? focus : null];
}

/** What the card depends on, besides what is visible. */
function panelOn(state) {
  const { focus, path, near, story, language, view, group, tables } = state;
  const network = view === "network";
  return [focus, path, near, story, language, network, network ? group : null, isAlone(state), tables];
}

/** Say on the body what is shown; the first screen and the network take all the room while nothing is chosen. */
function arrangePage(state) {
  document.body.dataset.shown = state.view;
  document.body.toggleAttribute("data-alone", isAlone(state));
}

function isAlone({ view, focus, path, group, story }) {
  const chosen = focus !== null || path !== null || (view === "network" && group !== null) || story > 0;
  return !chosen && WITHOUT_LEGEND.includes(view);
}

function changeFilter(page, facet, values) {
  const active = document.activeElement?.id;
  const off = facet === null ? freshFilters() : { ...page.state.off, [facet]: values };
  page.change({ off });
  if (active) (at(active) ?? at("legend-details").firstElementChild).focus();
}

/** Words of the page, and the language it says it is in. */
function setLanguage(page) {
  const { model, state } = page;
  if (page.spoken === state.language) return;
  page.spoken = state.language;
  model.language = state.language;
  setHeading(model);
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll("[data-text]"))
    element.textContent = say(model, element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", say(model, element.dataset.label));
  at("search").placeholder = say(model, "search_hint");
  for (const button of document.querySelectorAll("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === state.language));
}

/** Title and question in the language of the page, where the page knows what it asks. */
function setHeading(model) {
  const { about } = model;
  model.heading = { title: about.title, question: about.question };
  if (!about.ask) return;
  const name = about.subject === "" ? null : nameOf(model, model.number.get(about.subject));
  if (name !== null) model.heading.title = name.text;
  model.heading.question = say(model, `question_${about.ask}`, { name: name?.text });
  at("title").textContent = model.heading.title;
  at("title").lang = name?.lang ?? "en";
  at("question").textContent = model.heading.question;
  at("question").lang = model.language;
}

const BOARDS = { start: showLanding, network: showFlow, world: showWorld, matrix: showMatrix, timeline: showTimeline, compare: showCompare, conflicts: showConflicts };

/** Map, board or table. */
function showView(page) {
  const { state } = page;
  const map = state.view === "map";
  const board = state.view in BOARDS;
  for (const id of ["map", "zoom", "cursor"]) at(id).hidden = !map;
  at("board").hidden = !board;
  at("table").hidden = map || board;
  for (const button of document.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  if (page.viewShown !== state.view) requestAnimationFrame(() => at(`view-${state.view}`).scrollIntoView({ block: "nearest", inline: "nearest" }));
  if (page.viewShown !== state.view) foldSheet(!map && state.focus === null && state.path === null && state.story === 0);
  page.viewShown = state.view;
  if (map) return;
  if (board) showBoard(page);
  else showTableView(page);
}

/** Draw a board anew, and give the focus back to the mark that had it. */
function showBoard(page) {
  const box = at("board");
  const marks = () => [...box.querySelectorAll("button, select, a, [role=button]")];
  const place = box.contains(document.activeElement) ? marks().indexOf(document.activeElement) : -1;
  page.behind = null; /* the tables behind the board, where it says more than its own ones */
  BOARDS[page.state.view](page.model, page);
  furnishBoard(page.model, page);
  const [top, left] = page.boardShown === page.state.view ? page.scrolled : [0, 0];
  if (top > 0 || page.scrolled[0] > 0) box.scrollTop = top;
  const inner = box.querySelector(".board-scroll");
  if (left > 0 && inner !== null) inner.scrollLeft = left;
  page.boardShown = page.state.view;
  if (place >= 0) marks()[place]?.focus({ preventScroll: true });
}

/** How far the board is scrolled, down and, the picture in it, across. */
function scrolledTo(page) {
  const box = at("board");
  if (page.viewShown === undefined || box.hidden) return page.scrolled ?? [0, 0];
  return [box.scrollTop, box.querySelector(".board-scroll")?.scrollLeft ?? 0];
}

function showTableView(page) {
  const wanted = tableWanted(page);
  if (page.tableFor !== wanted) showTable(page.model, page); /* else the reader keeps the place in it */
  page.tableFor = wanted;
}

/** All that what stands in the table depends on. */
function tableWanted({ state, visible }) {
  return `${state.view} ${state.language} ${state.at} ${JSON.stringify(state.tables[state.view])} ${visible.nodeOn} ${visible.edgeOn}`;
}

/** Keep how the reader looks at a table, which shows it already. */
function keepLook(page, name, look) {
  page.change({ tables: { ...page.state.tables, [name]: look } }, { quietly: true, still: true });
  page.tableFor = tableWanted(page);
}

/** How much is shown, for eyes and for screen readers. */
function showStatus(page) {
  const { model, visible } = page;
  const sum = (flags) => flags.reduce((total, flag) => total + flag, 0);
  const counts = { nodes: sum(visible.nodeOn), edges: sum(visible.edgeOn) };
  const blanks = {
    nodes: figure(model, counts.nodes),
    edges: figure(model, counts.edges),
    all_nodes: figure(model, model.count),
    all_edges: figure(model, model.links),
  };
  const text = model.count > 0 && counts.nodes === 0 ? say(model, "nothing_shown") : statusText(page, blanks);
  if (at("status").textContent !== text) at("status").textContent = text;
  at("status").title = text;
  at("map").setAttribute("aria-label", say(model, "map_label", blanks));
}

/** How much is shown, how much is not there on the day, how many starts are not on record, what groups hold back. */
function statusText(page, blanks) {
  const { model, visible } = page;
  const parts = [say(model, "showing", blanks)];
  if (model.clusters && page.scene.closed.size > 0)
    parts.push(say(model, "groups_first", { n: figure(model, page.scene.closed.size) }));
  if (!model.history) return parts.join(say(model, "sentence_gap"));
  const gone = notThere(model);
  const unknown = unknownStarts(model, visible);
  const say_ = (key, counts) =>
    say(model, key, Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, figure(model, n)])));
  if (gone.edges > 0) parts.push(say_("not_there", gone));
  if (unknown > 0) parts.push(say_("starts_unknown", { n: unknown }));
  return parts.join(say(model, "sentence_gap"));
}

/** Open a node: lift what hides it, show its card, bring it into view. */
function openNode(page, node, { keepView = false } = {}) {
  const { model, state } = page;
  const off = Object.fromEntries(FACETS.map((facet) => [facet, new Set(state.off[facet])]));
  const lifted = reveal(model, off, node);
  const open = model.clusters ? new Set([...state.open, model.clusters.home[node]]) : state.open;
  page.change({ focus: { node }, near: 0, off, open, view: state.view === "start" ? "map" : state.view });
  if (!model.alive.node[node]) notify(say(model, "not_on_day", { name: nameOf(model, node).text, date: model.at }));
  if (lifted) notify(say(model, "filters_lifted", { name: nameOf(model, node).text }));
  page.bringIntoView();
  foldSheet(false);
  if (!keepView) at("panel").focus({ preventScroll: true });
}

/** Move the map so that the focus and what it touches can be seen. */
function bringIntoView(page) {
  const { model, state, visible, renderer } = page;
  if (state.view !== "map") return;
  if (state.focus === null) {
    const path = drawnWay(page, pathOf(page));
    if (path !== null) renderer.focus(path.nodes.filter((step_) => visible.nodeOn[step_]));
    return;
  }
  const { node, edge } = state.focus;
  if (state.near > 0) {
    renderer.fit();
    return;
  }
  const ends =
    node === undefined
      ? [model.edges.from[edge], model.edges.to[edge]]
      : [node, ...model.incident[node].map((link) => otherEnd(model, link, node))];
  renderer.focus(ends.filter((end) => visible.nodeOn[end]));
}
