/* flow.js: one measure in four columns: the measure, what it makes of trade, whom, and who spoke; as groups and bands. */

import { EFFECTS, effectsOn } from "./effects.js";
import { otherEnd } from "./links.js";

const TIERS = ["1", "2", "3", "unknown", ""];
const ROLES = ["listed", "captured", "seller", "buyer", "site", "supplier"];
const STANCES = ["opposes", "requests-change", "concerned", "neutral", "supports"];
const MOST_NAMED = 10;

/** The groups of each column and the bands between them, of the day and the lens shown. A group is {key, kind, name,
    members, count}; a band {from, to, count}. What is empty is left out. */
function flowOf(model) {
  const changed = effectsOn(model);
  const places = placesOf(model, changed);
  const parties = changed?.parties.map(([id, role, effect]) => ({ node: model.number.get(id), role, effect })) ?? [];
  const effects = EFFECTS.filter((kind) => places.has(kind)).map((kind) => ({
    ...{ key: `effect:${kind}`, kind: "effect", name: kind },
    ...{ members: [...places.get(kind)], count: places.get(kind).size },
  }));
  const changedPlaces = new Set(effects.flatMap((effect) => effect.members));
  const spoken = voicesOf(model, changedPlaces, parties);
  const whom = [...tierGroups(model, changedPlaces), ...roleGroups(parties), ...restGroups(spoken)];
  const voices = STANCES.map((stance) => voiceGroup(stance, spoken)).filter((group) => group.count > 0);
  markLargest(model, whom);
  return { changed, columns: [effects, whom, voices], bands: bandsOf(effects, whom, voices, parties, spoken) };
}

/** Kind of effect -> the places it is found at. */
function placesOf(model, changed) {
  const found = new Map();
  for (const [kind, , , places] of changed?.patterns ?? []) {
    const nodes = places.map((place) => model.number.get(`place:${model.landing.places[place]}`));
    found.set(kind, new Set([...(found.get(kind) ?? []), ...nodes.filter((node) => node !== undefined)]));
  }
  return found;
}

function tierGroups(model, places) {
  return TIERS.map((tier) => {
    const members = [...places].filter((node) => model.nodes.tier[node] === tier);
    return { key: `tier:${tier || "none"}`, kind: "tier", name: tier, members, count: members.length };
  }).filter((group) => group.count > 0);
}

function roleGroups(parties) {
  return ROLES.map((role) => {
    const members = [...new Set(parties.filter((party) => party.role === role && party.node !== undefined).map((party) => party.node))];
    return { key: `role:${role}`, kind: "role", name: role, members, count: members.length };
  }).filter((group) => group.count > 0);
}

/** Those who spoke and belong to no group that changes. */
function restGroups(spoken) {
  const members = [...new Set(spoken.filter((act) => act.group === "rest:same").flatMap((act) => act.speakers))];
  return members.length === 0 ? [] : [{ key: "rest:same", kind: "rest", name: "same", members, count: members.length }];
}

function voiceGroup(stance, spoken) {
  const members = spoken.filter((act) => act.stance === stance).map((act) => act.statement);
  return { key: `stance:${stance}`, kind: "stance", name: stance, members, count: members.length };
}

/** What was said of the measure by the day: its statement, stance, speakers, and the group the first speaker is in. */
function voicesOf(model, places, parties) {
  const roles = new Map(parties.map((party) => [party.node, `role:${party.role}`]));
  const acts = model.landing.acts.filter(([, day]) => day <= model.at);
  return acts.map(([key, , stance]) => {
    const statement = model.number.get(`statement:${key}`);
    const speakers = statement === undefined ? [] : linkedBy(model, statement, "said");
    const seats = speakers.flatMap((speaker) => linkedBy(model, speaker, "seats"));
    const role = speakers.map((speaker) => roles.get(speaker)).find((found) => found !== undefined);
    const seat = seats.find((place) => places.has(place));
    const group = role ?? (seat === undefined ? "rest:same" : `tier:${model.nodes.tier[seat] || "none"}`);
    return { statement, stance, speakers, group };
  }).filter((act) => act.statement !== undefined);
}

/** What a node is linked to by edges of a kind, in either direction. */
function linkedBy(model, node, kind) {
  return model.incident[node].filter((edge) => model.edges.kind[edge] === kind).map((edge) => otherEnd(model, edge, node));
}

/** The ten members with most links, over all groups, are the ones that are named. */
function markLargest(model, groups) {
  const all = [...new Set(groups.flatMap((group) => group.members))];
  const largest = new Set(all.sort((a, b) => model.degree[b] - model.degree[a] || a - b).slice(0, MOST_NAMED));
  for (const group of groups) group.named = group.members.filter((node) => largest.has(node)).sort((a, b) => model.degree[b] - model.degree[a] || a - b);
}

function bandsOf(effects, whom, voices, parties, spoken) {
  const bands = effects.map((effect) => ({ from: "measure", to: effect.key, count: effect.count }));
  for (const effect of effects) {
    const reached = new Set(effect.members);
    for (const group of whom) {
      const of = (party) => party.effect === effect.name && `role:${party.role}` === group.key;
      const count = group.kind === "role" ? parties.filter(of).length : group.kind === "tier" ? group.members.filter((node) => reached.has(node)).length : 0;
      bands.push({ from: effect.key, to: group.key, count });
    }
  }
  for (const group of whom)
    for (const voice of voices) {
      const count = spoken.filter((act) => act.group === group.key && act.stance === voice.name).length;
      bands.push({ from: group.key, to: voice.key, count });
    }
  return bands.filter((band) => band.count > 0);
}
