/* model.js: from the packed payload to the columns, indices and names that the rest of the page reads. */

import { scriptMap } from "./folding.js";
import { markOf } from "./marks.js";
import { readSpeech } from "./positions.js";
import { VIEWS } from "./state.js";
import { applyTime, buildHistory } from "./time.js";

/** Columns plus what is derived from them once: who touches whom, how often, and in which order to show it. */
function buildModel(data) {
  const count = data.nodes.id.length;
  const links = data.edges.from.length;
  const degree = new Uint32Array(count);
  for (let edge = 0; edge < links; edge += 1) {
    degree[data.edges.from[edge]] += 1;
    degree[data.edges.to[edge]] += 1;
  }
  const model = {
    ...data,
    count,
    links,
    degree,
    incident: incidentEdges(data.edges, degree),
    number: new Map(data.nodes.id.map((id, index) => [id, index])),
    byDegree: Uint32Array.from(degree.keys()).sort((a, b) => degree[b] - degree[a] || a - b),
    radius: Float32Array.from(degree, (links_) => Math.min(11.5, 4 + 1.6 * Math.log2(1 + links_))),
    ways: new Map(data.ways),
    foldMap: scriptMap(data.fold),
    language: "en",
    guide: { ...data.guide, steps: data.guide.stories.flatMap(stepsOf) },
  };
  buildHistory(model);
  model.speech = model.history ? readSpeech(model.history) : new Map();
  model.mark = Array.from({ length: count }, (_, index) => markOf(model, index));
  model.views = viewsOf(model);
  applyTime(model, model.at, model.lens);
  return model;
}

/** Steps of a story, each with the story and its place in it. */
function stepsOf(story) {
  return story.steps.map((step, place) => ({ ...step, story, place, name: `${story.key}.${place + 1}` }));
}

/** Node -> the numbers of its edges. */
function incidentEdges(edges, degree) {
  const lists = Array.from(degree, () => []);
  edges.from.forEach((from, edge) => {
    lists[from].push(edge);
    if (edges.to[edge] !== from) lists[edges.to[edge]].push(edge);
  });
  return lists;
}

/** Views there is something to show in. */
function viewsOf(model) {
  const has = {
    start: model.landing.of !== undefined,
    network: model.landing.of !== undefined,
    world: model.tiersOf !== undefined && [...model.tiersOf.keys()].length > 0,
    matrix: model.speech.size > 0,
    timeline: model.eventsOf !== undefined && [...model.eventsOf.values()].some((events) => events.length > 0),
    compare: model.history !== null,
    conflicts: model.conflicts.length > 0 || (model.claims?.key ?? []).length > 0,
  };
  return VIEWS.filter((view) => has[view] ?? true);
}
