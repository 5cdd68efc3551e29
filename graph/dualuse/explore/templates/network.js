/* Draws the network that pyvis holds: its own nodes, edges and options, nothing else. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const options = typeof data.options === "string" ? JSON.parse(data.options) : data.options;
  const picture = new vis.Network(document.getElementById("network"), { edges: data.edges, nodes: data.nodes }, options);
  document.getElementById("network").picture = picture;
  picture.once("afterDrawing", () => {
    picture.fit({ animation: false });
    document.body.dataset.drawn = "yes";
  });
})();
