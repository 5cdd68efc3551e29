/* canvas_renderer.js: the map on a plain canvas: one path per colour, names only while the map rests. */

import { make, stir } from "./dom.js";
import { drawScene } from "./drawing.js";
import { boundsOf, cameraFor, cameraForAll, hitTest, tellCamera, withinZoom } from "./geometry.js";
import { startPage } from "./shell.js";
import { HIDDEN } from "./strength.js";

const REST = 140; /* milliseconds without movement before names come back */

/** A renderer answers eight calls: paint, focus, zoom, fit, pan, select, camera, moved. */
function createCanvasRenderer(model, box) {
  const canvas = make("canvas");
  const own = {
    model,
    box,
    canvas,
    scene: null,
    boxes: [],
    shown: [],
    hovered: -1,
    onSelect: () => {},
    onMove: () => {},
    camera: { x: 0, y: 0, k: 1 },
    size: { width: 1000, height: 700 },
    pointers: new Map(),
    moved: 0,
    moving: false,
    queued: false,
    fitted: false,
  };
  box.append(canvas);
  resize(own);
  listenToCanvas(own);
  return {
    paint: (scene) => {
      own.scene = scene;
      redrawCanvas(own);
    },
    focus: (nodes) => {
      const bounds = boundsOf(model, nodes);
      if (bounds !== null) show(own, cameraFor(bounds, own.size, 1.1));
    },
    zoom: (factor) => zoomAt(own, factor, own.size.width / 2, own.size.height / 2),
    fit: () => fitAll(own),
    pan: (dx, dy) => move(own, { x: own.camera.x + dx / own.camera.k, y: own.camera.y + dy / own.camera.k }),
    select: (callback) => {
      own.onSelect = callback;
    },
    camera: (wanted) => {
      if (wanted !== undefined) show(own, wanted);
      return { camera: own.camera, size: own.size };
    },
    moved: (callback) => {
      own.onMove = callback;
    },
  };
}

/** Draw at the next frame; many calls make one drawing. */
function redrawCanvas(own) {
  if (own.queued || own.scene === null) return;
  own.queued = true;
  stir(() => !own.queued && !own.moving);
  requestAnimationFrame(() => {
    own.queued = false;
    if (own.box.hidden) return; /* drawn when it is shown again */
    resize(own);
    drawCanvas(own);
  });
}

/** Leave the names out for a while. */
function restSoon(own, wait) {
  own.moving = true;
  clearTimeout(own.timer);
  own.timer = setTimeout(() => {
    own.moving = false;
    redrawCanvas(own);
  }, wait);
}

/** Draw what is to be seen, unless it stands there already. */
function drawCanvas(own) {
  if (own.shown.length === 0 && !own.moving) restSoon(own, 0); /* an empty canvas: lines and marks first, names right after */
  const { model, scene, camera, size, moving, hovered } = own;
  const shown = [scene, size, devicePixelRatio, moving, hovered, camera.x, camera.y, camera.k];
  if (own.shown.length > 0 && own.shown.every((part, place) => part === shown[place])) return;
  own.shown = shown;
  own.boxes = drawScene(own.canvas.getContext("2d"), model, scene, camera, size, { ratio: devicePixelRatio, moving, hovered });
}

/** Take the size that the map has on the page, which empties the canvas where it is another than before. */
function resize(own) {
  const { box, canvas, size } = own;
  const [width, height] = [box.clientWidth, box.clientHeight];
  if (width === 0 || (own.ratio === devicePixelRatio && size.width === width && size.height === height)) return;
  Object.assign(own, { size: { width, height }, ratio: devicePixelRatio, shown: [] });
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  if (own.fitted) fitAll(own);
  else redrawCanvas(own);
}

/** Move the camera; names rest until it stands still. */
function move(own, change) {
  Object.assign(own.camera, change);
  own.fitted = false;
  tellCamera(own, own.camera);
  restSoon(own, REST);
  redrawCanvas(own);
}

/** Put the camera somewhere at once, names and all. */
function show(own, camera) {
  Object.assign(own.camera, camera);
  own.moving = false;
  own.fitted = false;
  redrawCanvas(own);
}

/** Show everything, and go on doing so while the map changes its size, until the reader moves it. */
function fitAll(own) {
  const bounds = boundsOf(
    own.model,
    [...own.scene.node.keys()].filter((node) => own.scene.node[node] !== HIDDEN),
  );
  if (bounds !== null) show(own, cameraForAll(own.model, bounds, own.size));
  own.fitted = true;
}

/** Zoom so that the point under the pointer stays where it is. */
function zoomAt(own, factor, px, py) {
  const { camera, size } = own;
  const k = withinZoom(camera.k * factor);
  const x = camera.x + (px - size.width / 2) * (1 / camera.k - 1 / k);
  const y = camera.y + (py - size.height / 2) * (1 / camera.k - 1 / k);
  move(own, { x, y, k });
}

/** Mouse, touch and pen: drag moves, wheel and pinch zoom, a click without a drag selects. */
function listenToCanvas(own) {
  const { box } = own;
  box.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoomAt(own, Math.exp(-event.deltaY * 0.0015), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
  box.addEventListener("pointerdown", (event) => {
    box.setPointerCapture(event.pointerId);
    own.pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    if (own.pointers.size === 1) own.moved = 0;
  });
  box.addEventListener("pointermove", (event) =>
    own.pointers.has(event.pointerId) ? drag(own, event) : hover(own, event),
  );
  box.addEventListener("pointerup", (event) => {
    if (own.pointers.delete(event.pointerId) && own.moved < 5 && own.pointers.size === 0)
      own.onSelect(hitUnder(own, event));
  });
  box.addEventListener("pointercancel", (event) => own.pointers.delete(event.pointerId));
  box.addEventListener("pointerleave", () => setHovered(own, -1));
  new ResizeObserver(() => resize(own)).observe(box);
}

function hitUnder(own, event) {
  return own.scene === null
    ? null
    : hitTest(own.model, own.scene, own.camera, own.size, own.boxes, event.offsetX, event.offsetY);
}

/** One pointer moves the map, two pinch it. */
function drag(own, event) {
  const [x0, y0] = own.pointers.get(event.pointerId);
  const before = spread(own);
  own.pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
  const [dx, dy] = [event.offsetX - x0, event.offsetY - y0];
  own.moved += Math.abs(dx) + Math.abs(dy);
  const share = own.pointers.size;
  move(own, { x: own.camera.x - dx / share / own.camera.k, y: own.camera.y - dy / share / own.camera.k });
  const after = spread(own);
  if (before !== null && after !== null && before.distance > 0)
    zoomAt(own, after.distance / before.distance, after.x, after.y);
}

/** Distance and middle of the first two pointers, or null. */
function spread(own) {
  const [a, b] = [...own.pointers.values()];
  if (a === undefined || b === undefined) return null;
  return { distance: Math.hypot(a[0] - b[0], a[1] - b[1]), x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2 };
}

function hover(own, event) {
  const hit = hitUnder(own, event);
  own.box.style.cursor = hit === null ? "grab" : "pointer";
  setHovered(own, hit?.node ?? -1);
}

function setHovered(own, node) {
  if (node === own.hovered) return;
  own.hovered = node;
  redrawCanvas(own);
}

startPage(createCanvasRenderer);
