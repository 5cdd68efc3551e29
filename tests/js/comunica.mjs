// Ask Comunica, over the Turtle of an export, each query of a JSON object that comes by standard input.
// node comunica.mjs FILE.ttl: a line of JSON for each query with its name, milliseconds of processor time, columns and rows.
import { readFileSync } from 'node:fs';
import { QueryEngine } from '@comunica/query-sparql-rdfjs-lite';
import { Parser, Store } from 'n3';

const queries = JSON.parse(readFileSync(0, 'utf8'));
const store = new Store(new Parser({ format: 'text/turtle' }).parse(readFileSync(process.argv[2], 'utf8')));
const engine = new QueryEngine();

/** A term as the tests compare it: null where nothing is bound. */
function written(term) {
  if (term === undefined) return null;
  if (term.termType !== 'Literal') return [term.termType, term.value];
  return ['Literal', term.value, term.language, term.datatype.value];
}

for (const [name, text] of Object.entries(queries)) {
  const begun = process.cpuUsage();
  const answer = { name };
  try {
    const result = await engine.query(text, { sources: [store] });
    const columns = (await result.metadata()).variables.map((entry) => (entry.variable ?? entry).value);
    const rows = await (await result.execute()).toArray();
    answer.columns = columns;
    answer.rows = rows.map((row) => columns.map((column) => written(row.get(column))));
  } catch (error) {
    answer.error = String(error);
  }
  const used = process.cpuUsage(begun);
  answer.milliseconds = Math.round((used.user + used.system) / 1000);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
