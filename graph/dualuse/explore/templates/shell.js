/* shell.js: joins the parts. One state, one way to change it, one address that says it all. */

/** Unpack, build, listen, show. */
async function start() {
  if (typeof DecompressionStream === "undefined") {
    at("loading").hidden = true;
    at("old-browser").hidden = false;
    return;
  }
  const model = buildModel(await unpack(at("payload").textContent));
  const page = createPage(model);
  page.renderer.select((hit) => {
    page.change({ focus: hit, near: false });
    if (hit !== null) foldSheet(false);
  });
  startSearch(model, page.open);
  listenToToolbar(model, page);
  listenToKeys(page);
  addEventListener("hashchange", () => page.read());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => page.show());
  addEventListener("beforeprint", () => printInLight(page, true));
  addEventListener("afterprint", () => printInLight(page, false));
  at("loading").hidden = true;
  page.read();
  page.renderer.fit();
  page.bringIntoView();
  requestAnimationFrame(() => requestAnimationFrame(() => markDrawn()));
}

/** Note when the first picture stood, for those who measure. */
function markDrawn() {
  performance.mark("dualuse-drawn");
  document.body.dataset.drawn = "yes";
}

/** The page: state, what follows from it, and the few ways to change it. */
function createPage(model) {
  const opened = document.documentElement.lang;
  const page = { model, opened, state: freshState(opened), sorting: {}, renderer: createRenderer(model, at("map")) };
  page.change = (change) => changeState(page, change);
  page.read = () => readAddress(page);
  page.show = () => showPage(page);
  page.open = (node) => openNode(page, node);
  page.openEdge = (edge) => page.change({ focus: { edge } });
  page.close = () => page.change({ focus: null, near: false });
  page.setNear = (near) => {
    page.change({ near });
    page.bringIntoView();
    at("near")?.focus();
  };
  page.bringIntoView = () => bringIntoView(page);
  return page;
}

/** Change the state and write it into the address; the address then drives the page, as back and forward do. */
function changeState(page, change) {
  page.state = { ...page.state, ...change };
  const hash = writeHash(page.model, page.state, page.opened);
  if (hash !== location.hash.replace(/^#/, "")) location.hash = hash;
  page.written = location.hash;
  page.show();
}

/** Take the state from the address, unless the page wrote it itself a moment ago. */
function readAddress(page) {
  if (page.written === location.hash) return;
  page.written = location.hash;
  const first = page.visible === undefined;
  const missing = [];
  page.state = readHash(page.model, location.hash, page.opened, missing);
  page.show();
  for (const id of missing) notify(say(page.model, "not_here", { id }));
  if (!first) page.bringIntoView();
}

/** Make everything on the page say what the state says. */
function showPage(page) {
  const { model, state } = page;
  setLanguage(page);
  page.visible = visibleParts(model, state);
  page.renderer.paint({ ...strengths(model, state, page.visible), theme: readTheme() });
  showLegend(model, state, (facet, values) => changeFilter(page, facet, values));
  showPanel(model, page);
  showView(page);
  showStatus(page);
}

function changeFilter(page, facet, values) {
  const active = document.activeElement?.id;
  const off = facet === null ? freshState("").off : { ...page.state.off, [facet]: values };
  page.change({ off });
  if (active) (at(active) ?? at("legend-details").firstElementChild).focus();
}

/** Words of the page, and the language it says it is in. */
function setLanguage(page) {
  const { model, state } = page;
  if (page.spoken === state.language) return;
  page.spoken = state.language;
  model.language = state.language;
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll("[data-text]"))
    element.textContent = say(model, element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", say(model, element.dataset.label));
  at("search").placeholder = say(model, "search_hint");
  at("lens").textContent = word(model, "lens", model.about.lens);
  for (const button of document.querySelectorAll("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === state.language));
  nameTheme(page);
}

/** Map or table. */
function showView(page) {
  const { state } = page;
  const map = state.view === "map";
  for (const id of ["map", "zoom"]) at(id).hidden = !map;
  at("table").hidden = map;
  for (const button of document.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  if (page.viewShown !== state.view) foldSheet(!map && state.focus === null);
  page.viewShown = state.view;
  if (map) return;
  if (page.tableFor?.split(" ")[0] !== state.view) page.sorting = {};
  const wanted = `${state.view} ${state.language} ${page.visible.nodeOn} ${page.visible.edgeOn}`;
  if (page.tableFor !== wanted) showTable(page.model, page, page.sorting); /* else the reader keeps the place in it */
  page.tableFor = wanted;
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
  const text = model.count > 0 && counts.nodes === 0 ? say(model, "nothing_shown") : say(model, "showing", blanks);
  if (at("status").textContent !== text) at("status").textContent = text;
  at("map").setAttribute("aria-label", say(model, "map_label", blanks));
}

/** Open a node: lift what hides it, show its card, bring it into view. */
function openNode(page, node) {
  const { model, state } = page;
  const off = Object.fromEntries(FACETS.map((facet) => [facet, new Set(state.off[facet])]));
  const lifted = reveal(model, { off }, node);
  page.change({ focus: { node }, near: false, off });
  if (lifted) notify(say(model, "filters_lifted", { name: nameOf(model, node).text }));
  page.bringIntoView();
  foldSheet(false);
  at("panel").focus({ preventScroll: true });
}

/** Move the map so that the focus and what it touches can be seen. */
function bringIntoView(page) {
  const { model, state, visible, renderer } = page;
  if (state.focus === null || state.view !== "map") return;
  const { node, edge } = state.focus;
  const ends =
    node === undefined
      ? [model.edges.from[edge], model.edges.to[edge]]
      : [node, ...model.incident[node].map((link) => otherEnd(model, link, node))];
  renderer.focus(ends.filter((end) => visible.nodeOn[end]));
}

/** Say something for a few seconds. */
function notify(text) {
  const notice = at("notice");
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(notify.timer);
  notify.timer = setTimeout(() => {
    notice.hidden = true;
  }, 6000);
}

/** Buttons above and on the map. */
function listenToToolbar(model, page) {
  for (const button of document.querySelectorAll("[data-view]"))
    button.addEventListener("click", () => page.change({ view: button.dataset.view }));
  for (const button of document.querySelectorAll("[data-language]"))
    button.addEventListener("click", () => page.change({ language: button.dataset.language }));
  for (const button of document.querySelectorAll("[data-action]"))
    button.addEventListener("click", () => act(model, page, button.dataset.action));
  at("theme").addEventListener("click", () => toggleTheme(page));
  at("zoom-in").addEventListener("click", () => page.renderer.zoom(1.4));
  at("zoom-out").addEventListener("click", () => page.renderer.zoom(1 / 1.4));
  at("zoom-fit").addEventListener("click", () => page.renderer.fit());
  at("copy-close").addEventListener("click", () => at("copy-dialog").close());
  at("handle").addEventListener("click", () => foldSheet(!at("sheet").classList.contains("folded")));
  at("skip").addEventListener("click", (event) => {
    event.preventDefault();
    at("search").focus();
  });
  document.addEventListener("click", (event) => {
    if (!at("save").contains(event.target)) at("save").open = false;
  });
  if (matchMedia("(max-width: 1100px)").matches) at("legend-details").open = false;
}

/** Fold the card away or bring it back; only a phone shows the difference. */
function foldSheet(folded) {
  at("sheet").classList.toggle("folded", folded);
  at("handle").setAttribute("aria-expanded", String(!folded));
}

/** One item of the menu "Save and cite". */
async function act(model, page, action) {
  at("save").open = false;
  const link = () => copyText(location.href);
  const files = {
    save_png: () => savePng(model, page),
    save_csv_entries: () => saveCsv(model, page, "nodes"),
    save_csv_links: () => saveCsv(model, page, "edges"),
    save_json: () => saveJson(model, page),
  };
  if (action in files) notify(say(model, "saved", { name: await files[action]() }));
  else if (action === "print") print();
  else if (await (action === "copy_link" ? link() : copyText(citation(model, page)))) notify(say(model, "copied"));
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

function toggleTheme(page) {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  nameTheme(page);
  page.show();
}

/** Paper is white: a dark page is printed light, and is dark again afterwards. */
function printInLight(page, printing) {
  const root = document.documentElement;
  if (printing) page.themeBefore = root.dataset.theme;
  if (printing) root.dataset.theme = "light";
  else if (page.themeBefore === undefined) delete root.dataset.theme;
  else root.dataset.theme = page.themeBefore;
  page.show();
}

function nameTheme(page) {
  at("theme-name").textContent = say(page.model, isDark() ? "theme_light" : "theme");
}

/** Keys that work everywhere except where text is typed. */
function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input[type=search], textarea, dialog");
    if (event.key === "Escape") closeInnermost(page);
    else if (!typing && event.key === "/") focusSearch(event);
    else if (!typing && page.state.view === "map") mapKey(event, page);
  });
}

function focusSearch(event) {
  event.preventDefault();
  at("search").focus();
}

/** Close the innermost thing that is open; a dialog closes itself. */
function closeInnermost(page) {
  if (at("copy-dialog").open) return;
  if (at("save").open) {
    at("save").open = false;
    at("save").firstElementChild.focus();
  } else if (page.state.focus !== null) {
    page.close();
    at("map").focus({ preventScroll: true });
  }
}

/** Arrows move the map while nothing that scrolls has the focus; + - 0 zoom. */
function mapKey(event, page) {
  const step = 80;
  const arrows = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  const free = event.target === document.body || at("stage").contains(event.target);
  if (event.key in arrows && free) {
    event.preventDefault();
    page.renderer.pan(...arrows[event.key]);
  } else if (event.key === "+" || event.key === "=") page.renderer.zoom(1.4);
  else if (event.key === "-") page.renderer.zoom(1 / 1.4);
  else if (event.key === "0") page.renderer.fit();
}

start();
