/* strength.js: how strongly nodes and edges are drawn. */

import { otherEnd } from "./links.js";

const HIDDEN = 0;
const DIM = 1;
const NORMAL = 2;
const STRONG = 3;
const CHOSEN = 4;

/** How strongly each visible node and edge is drawn: the focus and what it touches stand out, the rest steps back. */
function strengths(model, state, visible, path) {
  const { focus } = state;
  const rest = focus === null && path === null ? NORMAL : DIM;
  const node = visible.nodeOn.map((on) => (on ? rest : HIDDEN));
  const edge = visible.edgeOn.map((on) => (on ? rest : HIDDEN));
  const raise = (list, index, level) => {
    if (list[index] !== HIDDEN) list[index] = level;
  };
  if (focus?.node !== undefined) {
    for (const link of model.incident[focus.node]) {
      if (edge[link] === HIDDEN) continue;
      raise(edge, link, STRONG);
      raise(node, otherEnd(model, link, focus.node), STRONG);
    }
    raise(node, focus.node, CHOSEN);
  } else if (focus !== null) {
    raise(edge, focus.edge, CHOSEN);
    raise(node, model.edges.from[focus.edge], STRONG);
    raise(node, model.edges.to[focus.edge], STRONG);
  } else if (path !== null) {
    path.edges.forEach((link) => raise(edge, link, STRONG));
    path.nodes.forEach((step, place) => raise(node, step, place % (path.nodes.length - 1) === 0 ? CHOSEN : STRONG));
  }
  return { node, edge };
}
