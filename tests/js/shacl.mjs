// Hold a graph against shapes with rdf-validate-shacl: node shacl.mjs SHAPES DATA, both N-Triples or Turtle.
// Prints a line for each result: its focus node and the shape that it broke, with a tab between.
import { readFileSync } from 'node:fs'
import { Parser, Store } from 'n3'
import Validator from 'rdf-validate-shacl'

const read = (file) => new Store(new Parser().parse(readFileSync(file, 'utf8')))
const [shapes, data] = process.argv.slice(2).map(read)
const report = await new Validator(shapes).validate(data)
for (const result of report.results) {
  console.log(`${result.focusNode.value}\t${result.sourceShape.value}`)
}
