/* links.js: the ends of a link, and a name for it that survives a rebuild of the page. */

/** The end of an edge that is not `node`. */
function otherEnd(model, edge, node) {
  return model.edges.from[edge] === node ? model.edges.to[edge] : model.edges.from[edge];
}

/** A name for an edge that survives a rebuild of the page: its ends, its kind, and a number among parallel ones. */
function edgeName(model, edge) {
  const { edges, nodes } = model;
  let twin = 0;
  for (let before = edge - 1; before >= 0 && sameTrack(edges, before, edge); before -= 1) twin += 1;
  return [nodes.id[edges.from[edge]], edges.kind[edge], nodes.id[edges.to[edge]], ...(twin ? [twin] : [])].join("~");
}

/** Whether two edges have the same ends and kind; edges are sorted, so such edges stand together. */
function sameTrack(edges, a, b) {
  return edges.from[a] === edges.from[b] && edges.to[a] === edges.to[b] && edges.kind[a] === edges.kind[b];
}

/** The edge of a name, or -1. */
function edgeByName(model, name) {
  const start = model.number.get(name.split("~")[0]);
  if (start === undefined) return -1;
  return model.incident[start].find((edge) => edgeName(model, edge) === name) ?? -1;
}
