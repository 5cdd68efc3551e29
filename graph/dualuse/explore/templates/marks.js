/* marks.js: the sign and the colour of a mark. */

const STATUS_SIGNS = {
  "not-yet": "…",
  "effective-not-due": "~",
  "in-force": "✓",
  suspended: "Ⅱ",
  "not-enforced": "○",
  ended: "×",
  unknown: "?",
};
const TIER_FILLS = { 1: "#bfe9d8", 2: "#3cb78f", 3: "#00614a" };

/** The digit of a tier, or a question mark where it is not known. */
function tierSign(tier) {
  return tier === "unknown" ? STATUS_SIGNS.unknown : tier;
}

/** The sign inside a mark: the tier of a place, the stance of a statement, the status of an instrument. */
function markOf(model, index) {
  const { tier, stance, status } = model.nodes;
  return tierSign(tier[index]) || model.marks[stance[index]] || (model.history && STATUS_SIGNS[status[index]]) || "";
}

/** Colour of a mark: a place is the darker the stricter its tier. */
function fillOf(model, index) {
  const look = model.kinds[model.nodes.kind[index]];
  return look.kind === "place" ? (TIER_FILLS[model.nodes.tier[index]] ?? look.colour) : look.colour;
}
