/* clusters.js: beyond 10,000 entries, groups are shown first, each by its most linked entry, and opened on click. */

import { HIDDEN } from "./strength.js";
import { figure, nameOf } from "./words.js";

/** Whether a node is shown: it stands for its group, or its group is open. */
function inOpenGroup(model, state, node) {
  const { clusters } = model;
  return !clusters || state.open.has(clusters.home[node]) || clusters.head[clusters.home[node]] === node;
}

/** Number of the closed group a node stands for, or -1. */
function closedGroup(model, state, node) {
  const { clusters } = model;
  if (!clusters) return -1;
  const group = clusters.home[node];
  return clusters.head[group] === node && !state.open.has(group) ? group : -1;
}

/** The closed group a node stands for in a scene, or -1. */
function groupOf(model, scene, node) {
  if (!model.clusters || scene.closed.size === 0) return -1;
  const group = model.clusters.home[node];
  return model.clusters.head[group] === node && scene.closed.has(group) ? group : -1;
}

/** Name of a group: its most linked entry, after how many entries it has. */
function groupName(model, group) {
  const name = nameOf(model, model.clusters.head[group]);
  return { text: `${figure(model, groupSizes(model)[group])} · ${name.text}`, lang: name.lang };
}

/** How many entries each group has. */
function groupSizes(model) {
  model.groupSizes ??= model.clusters.home.reduce((sizes, group) => {
    sizes[group] = (sizes[group] ?? 0) + 1;
    return sizes;
  }, []);
  return model.groupSizes;
}

/** Lines between groups, the wider the more links there are. Drawn below everything else. */
function drawGroupLinks(context, model, scene, theme, k) {
  const { clusters, nodes } = model;
  if (!clusters) return;
  context.strokeStyle = theme.line;
  clusters.from.forEach((from, pair) => {
    const [a, b] = [clusters.head[from], clusters.head[clusters.to[pair]]];
    if (scene.node[a] === HIDDEN || scene.node[b] === HIDDEN) return;
    if (!scene.closed.has(from) && !scene.closed.has(clusters.to[pair])) return;
    context.globalAlpha = Math.min(0.45, 0.08 + clusters.links[pair] / 200);
    context.lineWidth = Math.min(6, 0.6 + Math.sqrt(clusters.links[pair]) / 4) / k;
    context.beginPath();
    context.moveTo(nodes.x[a], nodes.y[a]);
    context.lineTo(nodes.x[b], nodes.y[b]);
    context.stroke();
  });
  context.globalAlpha = 1;
}

/** A closed group: its most linked entry in a disc that grows with the number of entries. */
function drawGroups(context, model, scene, theme, camera) {
  for (const group of scene.closed) {
    const head = model.clusters.head[group];
    if (scene.node[head] === HIDDEN) continue;
    const radius = groupRadius(model, group) / camera.k;
    context.beginPath();
    context.arc(model.nodes.x[head], model.nodes.y[head], radius, 0, 2 * Math.PI);
    context.fillStyle = theme.band;
    context.fill();
    context.strokeStyle = theme.accent;
    context.lineWidth = 1.5 / camera.k;
    context.stroke();
  }
}

/** Radius of a closed group on the screen, in pixels. */
function groupRadius(model, group) {
  return Math.min(26, 7 + Math.sqrt(groupSizes(model)[group]));
}

/** Closed groups of a state. */
function closedGroups(model, state) {
  if (!model.clusters) return new Set();
  return new Set([...model.clusters.head.keys()].filter((group) => !state.open.has(group)));
}
