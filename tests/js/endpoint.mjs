// Ask Comunica, with a SPARQL endpoint as its source, each query of a JSON object that comes by standard input.
// node endpoint.mjs URL: a line of JSON for each query with its name and rows, each an object of the terms' values.
import { readFileSync } from 'node:fs';
import { QueryEngine } from '@comunica/query-sparql';

const engine = new QueryEngine();
const sources = [{ type: 'sparql', value: process.argv[2] }];
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  const rows = await (await engine.queryBindings(text, { sources })).toArray();
  const told = rows.map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
  process.stdout.write(`${JSON.stringify({ name, rows: told })}\n`);
}
