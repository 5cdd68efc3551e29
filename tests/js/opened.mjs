// Open what is exported with tools in JavaScript, and tell as one line of JSON what they find there.
// node opened.mjs FILE.graphml FILE.gexf [RDF …]: graphology reads the networks, N3.js and jsonld-streaming-parser the RDF.
import { createReadStream, readFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';
import Graph from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';
import { JsonLdParser } from 'jsonld-streaming-parser';
import { Parser } from 'n3';

// the readers of graphology ask for the document of a browser
globalThis.DOMParser = DOMParser;
const [networks, dynamic, ...graphs] = process.argv.slice(2);
const told = {};

/** Numbers of nodes and edges, and the attributes of the first of each. */
function seen(graph) {
  const [node, edge] = [graph.nodes()[0], graph.edges()[0]];
  return {
    nodes: graph.order,
    edges: graph.size,
    node: Object.keys(graph.getNodeAttributes(node)).sort(),
    edge: Object.keys(graph.getEdgeAttributes(edge)).sort(),
  };
}

told.graphml = seen(graphml.parse(Graph, readFileSync(networks, 'utf8')));
told.gexf = seen(gexf.parse(Graph, readFileSync(dynamic, 'utf8')));
for (const path of graphs) {
  if (path.endsWith('.jsonld')) {
    const parser = new JsonLdParser();
    let count = 0;
    for await (const quad of createReadStream(path).pipe(parser)) count += quad ? 1 : 0;
    told[path] = count;
  } else {
    told[path] = new Parser().parse(readFileSync(path, 'utf8')).length;
  }
}
process.stdout.write(`${JSON.stringify(told)}\n`);
