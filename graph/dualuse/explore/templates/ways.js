/* ways.js: by which paths a measure reaches a party, channel by channel; the same steps as dualuse/analyse/connected.py, on
   the day and under the lens shown. A test gives both the same measures, parties, days and lenses. */

import { perhaps } from "./time.js";
import { kindOf } from "./words.js";

const PLACING = ["comprises", "puts-in-tier"];
const SUPPLY_FROM = ["item", "listing"];
const TRADING = ["investor", "university"];

/** Channel -> {path, more, others}: the best path to a party, the number of others and these, the shortest first; a path is
    steps {edge, from, to}. */
function waysTo(model, source, party) {
  const every = everyWay(model, source);
  const found = new Map();
  for (const channel of model.ways.keys()) {
    const paths = every.get(channel)?.get(party) ?? [];
    if (paths.length === 0) continue;
    const path = bestOf(model, channel, paths);
    const others = paths.filter((other) => other !== path).sort((a, b) => a.length - b.length || bySteps(model, a, b));
    found.set(channel, { path, more: others.length, others });
  }
  return found;
}

/** Channel -> party -> paths; worked out once for a measure, a day and a lens. */
function everyWay(model, source) {
  const asked = [source, model.at, model.lens].join(" ");
  if (model.waysAsked?.asked !== asked) model.waysAsked = { asked, ways: findWays(model, source) };
  return model.waysAsked.ways;
}

/** The instrument of a measure, or the instrument itself. */
function instrumentOf(model, source) {
  if (kindOf(model, source) !== "measure") return source;
  const edge = model.incident[source].find((one) => model.edges.kind[one] === "does" && model.edges.to[one] === source);
  return edge === undefined ? source : model.edges.from[edge];
}

function findWays(model, source) {
  const instrument = instrumentOf(model, source);
  const whole = instrument === source;
  const from = (kinds) => stepsFrom(model, instrument, kinds).map((step) => [step]);
  const grow = (paths, kinds, steps = stepsFrom) => paths.flatMap((path) => steps(model, path.at(-1).to, kinds).map((step) => [...path, step]));
  const measures = from(["does"]).filter(([step]) => whole || step.to === source);
  const places = [...grow(grow(measures, ["scopes"]), PLACING), ...grow(measures, ["names-place"])];
  const seats = grow(grow(measures, ["scopes-headquarters"]), PLACING);
  const products = grow(grow(measures, ["controls"]), ["catches"]);
  const reached = {
    destination: places,
    headquarters: grow(seats, ["seats"]).filter((path) => trades(model, path.at(-1).to)),
    duty: [...grow(grow(measures, ["binds"]), ["borne-by"]), ...grow(measures, ["addresses"])],
    item: grow(products, ["designed-by"]),
    market: grow(places, ["buys-from"]),
    site: grow(places, ["hosts"]),
    listing: whole ? from(["lists"]) : [],
    counter: whole ? grow(from(["answered-by"]), ["issued"], stepsAgainst) : [],
    supply: grow(products, ["made-by"]),
  };
  const ways = new Map();
  for (const [channel, paths] of Object.entries(reached)) for (const path of paths) addWay(ways, channel, path);
  followSupply(model, ways);
  return ways;
}

function addWay(ways, channel, path) {
  const party = path.at(-1).to;
  if (!ways.has(channel)) ways.set(channel, new Map());
  const parties = ways.get(channel);
  if (!parties.has(party)) parties.set(party, []);
  parties.get(party).push(path);
}

/** From each party reached through item or listing, on its best path, to those it deals with. */
function followSupply(model, ways) {
  const frontier = new Map();
  const sooner = (a, b) => Number(!isSure(model, a)) - Number(!isSure(model, b)) || a.length - b.length;
  for (const channel of SUPPLY_FROM)
    for (const [party, paths] of ways.get(channel) ?? []) {
      const best = bestOf(model, channel, paths);
      if (!frontier.has(party) || sooner(best, frontier.get(party)) < 0) frontier.set(party, best);
    }
  for (const [party, path] of [...frontier].sort((a, b) => a[0] - b[0])) {
    const passed = new Set(path.map((step) => step.from));
    for (const step of [...stepsFrom(model, party, ["supplies"]), ...stepsAgainst(model, party, ["supplies"])])
      if (!frontier.has(step.to) && !passed.has(step.to)) addWay(ways, "supply", [...path, step]);
  }
}

/** Whether a party buys or sells goods; a ministry or an association is not reached by where it sits. */
function trades(model, party) {
  return model.nodes.types[party].split(" ").some((type) => type.startsWith("company-") || TRADING.includes(type));
}

function stepsFrom(model, node, kinds) {
  return linkSteps(model, node, kinds, "from", "to");
}

function stepsAgainst(model, node, kinds) {
  return linkSteps(model, node, kinds, "to", "from");
}

/** Steps along links of some kinds that hold on the day, or may; what stands in two places of the record is one step. */
function linkSteps(model, node, kinds, near, far) {
  const { edges } = model;
  const found = new Map();
  for (const edge of model.incident[node]) {
    if (!model.alive.edge[edge] || edges[near][edge] !== node || !kinds.includes(edges.kind[edge])) continue;
    const key = [edges[far][edge], edges.iri[edge], edges.kind[edge], perhaps(model, edge)].join(" ");
    if (!found.has(key)) found.set(key, { edge, from: node, to: edges[far][edge] });
  }
  return [...found.values()];
}

function isSure(model, path) {
  return path.every(({ edge }) => !perhaps(model, edge));
}

/** The path that is told first: what surely holds, the shorter, what the measure does as fits the channel, then by name. */
function bestOf(model, channel, paths) {
  const ranks = model.ways.get(channel);
  const rank = ([step]) => {
    const found = model.nodes.types[step.to].split(" ").map((type) => ranks.indexOf(type)).filter((place) => place >= 0);
    return found.length > 0 ? Math.min(...found) : ranks.length;
  };
  const order = (a, b) =>
    Number(!isSure(model, a)) - Number(!isSure(model, b)) || a.length - b.length || rank(a) - rank(b) || bySteps(model, a.slice(1), b.slice(1)) || bySteps(model, a, b);
  return paths.reduce((best, path) => (order(path, best) < 0 ? path : best));
}

/** Order of paths by where each step leads, then by its receipt. */
function bySteps(model, a, b) {
  const { iri } = model.edges;
  for (const [place, step] of a.entries()) {
    const other = b[place];
    if (other === undefined) return 1;
    const found = step.to - other.to || compareTexts(iri[step.edge], iri[other.edge]) || step.from - other.from;
    if (found !== 0) return found;
  }
  return a.length - b.length;
}

function compareTexts(a, b) {
  return a === b ? 0 : a < b ? -1 : 1;
}
