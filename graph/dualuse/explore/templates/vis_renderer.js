/* vis_renderer.js: up to 2,000 nodes, drawn by vis-network as pyvis ships it. Places are given; physics is off. */

import { stir } from "./dom.js";
import { drawLaneNames, drawLanes, drawNode, drawPicture, edgeLook } from "./drawing.js";
import { boundsOf, bowOf, cameraFor, cameraForAll, hitTest, tellCamera, withinZoom } from "./geometry.js";
import { drawLabels } from "./labels.js";
import { startPage } from "./shell.js";
import { DIM, HIDDEN, STRONG } from "./strength.js";
import { changeAt, inDoubt } from "./time.js";

/** A renderer answers nine calls: paint, focus, zoom, fit, pan, select, picture, camera, moved. */
function createVisRenderer(model, box) {
  const own = { model, box, scene: null, boxes: [], hovered: -1, onSelect: () => {}, onMove: () => {} };
  own.nodes = new vis.DataSet(visNodes(own));
  own.edges = new vis.DataSet(visEdges(model));
  own.network = new vis.Network(box, { nodes: own.nodes, edges: own.edges }, visOptions(model));
  box.querySelector(".vis-network").tabIndex = -1;
  visListen(own);
  return {
    paint: (scene) => visPaint(own, scene),
    focus: (nodes) => visShow(own, boundsOf(model, nodes)),
    zoom: (factor) => {
      visMove(own, { k: withinZoom(visCamera(own).k * factor) });
      tellCamera(own, visCamera(own));
    },
    fit: () => visFit(own),
    pan: (dx, dy) => {
      const camera = visCamera(own);
      visMove(own, { x: camera.x + dx / camera.k, y: camera.y + dy / camera.k });
      tellCamera(own, visCamera(own));
    },
    select: (callback) => {
      own.onSelect = callback;
    },
    picture: () => drawPicture(model, own.scene, visCamera(own), visSize(own)),
    camera: (wanted) => {
      if (wanted !== undefined) visMove(own, wanted);
      return { camera: visCamera(own), size: visSize(own) };
    },
    moved: (callback) => {
      own.onMove = callback;
    },
  };
}

function visOptions(model) {
  const many = model.links > 2500;
  const { vis: given } = model;
  return { ...given, interaction: { ...given.interaction, hideEdgesOnDrag: many, hideEdgesOnZoom: many } };
}

/** Nodes for vis-network: it keeps the place, our own mark is drawn there. */
function visNodes(own) {
  const { model } = own;
  return model.nodes.id.map((_, node) => ({
    id: node,
    x: model.nodes.x[node],
    y: model.nodes.y[node],
    shape: "custom",
    size: model.radius[node],
    ctxRenderer: ({ ctx }) => ({
      drawNode: () =>
        own.scene !== null && drawNode(ctx, model, own.scene, own.scene.theme, node, own.network.getScale()),
      nodeDimensions: { width: 2 * model.radius[node], height: 2 * model.radius[node] },
    }),
  }));
}

function visEdges(model) {
  return model.edges.from.map((from, edge) => ({
    id: edge,
    from,
    to: model.edges.to[edge],
    dashes: dashesOf(model, edge),
    smooth: visSmooth(model, edge),
    hidden: true,
  }));
}

function dashesOf(model, edge) {
  return inDoubt(model, edge) ? [5, 4] : false;
}

/** The same sweep or bow that curveOf() gives, in vis-network's words. */
function visSmooth(model, edge) {
  const { x, y } = model.nodes;
  const [from, to] = [model.edges.from[edge], model.edges.to[edge]];
  if (Math.abs(x[to] - x[from]) >= 1)
    return { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 };
  const height = y[to] - y[from];
  return {
    enabled: true,
    type: height > 0 ? "curvedCCW" : "curvedCW",
    roundness: (1.5 * bowOf(height)) / Math.max(1, Math.abs(height)),
  };
}

/** How an edge looks at a strength, for vis-network. */
function visEdgeLook(model, theme, level, edge) {
  if (level === HIDDEN) return { hidden: true };
  const change = changeAt(model, edge);
  if (change) {
    const color = { color: theme.change, opacity: level === DIM ? 0.5 : 1 };
    return { hidden: false, color, width: 1.8, dashes: change === "removed" ? [2, 3] : false };
  }
  const look = edgeLook(model, theme, level);
  return {
    hidden: false,
    dashes: dashesOf(model, edge),
    color: { color: look.colour, opacity: look.alpha },
    width: look.width * (level >= STRONG ? 1.3 : 1),
    arrows: { to: { enabled: level >= STRONG, scaleFactor: 0.6 } },
  };
}

/** Show a scene: only nodes and edges whose strength changed are touched. */
function visPaint(own, scene) {
  const before = own.scene;
  const { scenario } = own.model.about;
  const redo = before === null || before.theme.line !== scene.theme.line || (scenario && before.when !== scene.when);
  own.scene = scene;
  stir(() => !own.goal);
  const changed = [...scene.edge.keys()].filter((edge) => redo || before.edge[edge] !== scene.edge[edge]);
  if (changed.length > 0) {
    own.edges.update(changed.map((edge) => ({ id: edge, ...visEdgeLook(own.model, scene.theme, scene.edge[edge], edge) })));
  }
  const flipped = [...scene.node.keys()].filter(
    (node) => redo || (before.node[node] === HIDDEN) !== (scene.node[node] === HIDDEN),
  );
  if (flipped.length > 0) own.nodes.update(flipped.map((node) => ({ id: node, hidden: scene.node[node] === HIDDEN })));
  own.network.redraw();
}

function visCamera(own) {
  const { x, y } = own.network.getViewPosition();
  return { x, y, k: own.network.getScale() };
}

function visSize(own) {
  if (own.box.clientWidth > 0) own.size = { width: own.box.clientWidth, height: own.box.clientHeight };
  return own.size ?? { width: 1000, height: 700 };
}

function visibleNodes(own) {
  return [...own.scene.node.keys()].filter((node) => own.scene.node[node] !== HIDDEN);
}

function visShow(own, bounds) {
  if (bounds !== null) visMove(own, cameraFor(bounds, visSize(own), 1.1), true);
}

/** Show everything, and go on doing so while the map changes its size, until the reader moves it. */
function visFit(own) {
  const bounds = boundsOf(own.model, visibleNodes(own));
  if (bounds !== null) visMove(own, cameraForAll(own.model, bounds, visSize(own)));
  own.fitted = true;
}

function visMove(own, change, gently = false) {
  own.fitted = false;
  own.goal = null;
  const camera = { ...visCamera(own), ...change };
  const still = !gently || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = still ? false : { duration: 300, easingFunction: "easeInOutQuad" };
  if (!still) own.goal = camera;
  stir(() => !own.goal);
  own.network.moveTo({ position: { x: camera.x, y: camera.y }, scale: camera.k, animation });
}

/** Bands below, names above, and what the pointer does. */
function visListen(own) {
  const { model, network, box } = own;
  network.on("beforeDrawing", (context) => own.scene !== null && drawLanes(context, model, own.scene.theme));
  network.on("afterDrawing", (context) => {
    if (own.scene !== null) visOverlay(own, context);
    stir(() => !own.goal);
  });
  network.on("dragStart", () => {
    own.fitted = false;
    own.goal = null;
  });
  network.on("dragEnd", () => tellCamera(own, visCamera(own)));
  network.on("animationFinished", () => {
    own.goal = null;
  });
  network.on("zoom", () => {
    own.fitted = false;
    const { k } = visCamera(own);
    if (withinZoom(k) !== k) visMove(own, { k: withinZoom(k) });
    tellCamera(own, visCamera(own));
  });
  const under = (x, y) => hitTest(model, own.scene, visCamera(own), visSize(own), own.boxes, x, y);
  network.on("click", ({ pointer }) => own.onSelect(under(pointer.DOM.x, pointer.DOM.y)));
  box.addEventListener("pointermove", (event) => {
    if (event.buttons !== 0 || own.scene === null) return;
    const hit = under(event.offsetX, event.offsetY);
    box.style.cursor = hit === null ? "grab" : "pointer";
    visHover(own, hit?.node ?? -1);
  });
  box.addEventListener("pointerleave", () => visHover(own, -1));
  new ResizeObserver(() => visResize(own)).observe(box);
}

/** vis-network changes the zoom when its size changes; ours stays, or shows everything as before. */
function visResize(own) {
  if (own.box.clientWidth === 0 || own.scene === null) return;
  const [camera, fitted] = [own.goal ?? visCamera(own), own.fitted];
  own.network.setSize("100%", "100%");
  if (fitted) visFit(own);
  else visMove(own, camera);
  own.network.redraw();
}

function visHover(own, node) {
  if (node === own.hovered) return;
  own.hovered = node;
  own.network.redraw();
}

/** Names of nodes and lanes, in pixels, over what vis-network drew. */
function visOverlay(own, context) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const [camera, size] = [visCamera(own), visSize(own)];
  own.boxes = drawLabels(context, own.model, own.scene, camera, size, own.hovered);
  drawLaneNames(context, own.model, own.scene.theme, camera, size);
  context.restore();
}

startPage(createVisRenderer);
