/* counting.js: how many places of a universe are in each tier, and what a number could count; what
   `dualuse groups --count` says in Python. */

import { holdsOn } from "./span.js";
import { tierOfPlace } from "./time.js";

const EVERYWHERE = "";
const PARTNER_LESS = "US";
const LISTS = [["us-supp5a"], ["us-d5"], ["us-d5", "us-macau-d5"]];

/** Codes of the places surely in a universe on a day; without one, of every place that has a tier on some day. */
function codesOf(model, universe, day) {
  if (universe === EVERYWHERE) return Object.keys(model.history.tiers).map((place) => place.slice("place:".length));
  const rows = model.history.universes[universe] ?? [];
  return [...new Set(rows.filter(([, from, to]) => holdsOn(from, to, day)).map(([code]) => code))];
}

/** The tiers of a universe on a day and under a lens: {universe, codes, total, counts by tier}. */
function tierSizes(model, universe, day, lens) {
  const codes = codesOf(model, universe, day);
  const counts = new Map();
  for (const code of codes) {
    const tier = tierOfPlace(model, `place:${code}`, day, lens);
    counts.set(tier, (counts.get(tier) ?? 0) + 1);
  }
  return { universe, codes, total: codes.length, counts };
}

/** Sizes of every universe there is, in the order of the law. */
function everySize(model, day, lens) {
  return Object.keys(model.history.universes).map((universe) => tierSizes(model, universe, day, lens));
}

/** What a number is the size of on a day: {universe, tier, partners} or {list, partners}. */
function meaningsOf(model, number, day, lens) {
  const sizes = [...everySize(model, day, lens), tierSizes(model, EVERYWHERE, day, lens)];
  const found = sizes.flatMap(({ universe, codes, total, counts }) => {
    const rows = [
      { universe, tier: "", partners: false, size: total },
      ...["1", "2", "3"].map((tier) => ({ universe, tier, partners: false, size: counts.get(tier) ?? 0 })),
    ];
    const apart = universe === EVERYWHERE || codes.includes(PARTNER_LESS);
    return apart ? [...rows, { universe, tier: "1", partners: true, size: (counts.get("1") ?? 0) - 1 }] : rows;
  });
  return [...found, ...listed(model, day)].filter(({ size }) => size === number);
}

/** Sizes of the lists that the law keeps by name, and without the United States. */
function listed(model, day) {
  return LISTS.flatMap((groups) => {
    const holds = ([group, from, to]) => groups.includes(group) && holdsOn(from, to, day);
    const places = Object.entries(model.history.memberships).filter(([, rows]) => rows.some(holds));
    const row = { list: groups, partners: false, size: places.length };
    const apart = places.some(([place]) => place === `place:${PARTNER_LESS}`);
    return apart ? [row, { list: groups, partners: true, size: places.length - 1 }] : [row];
  });
}
