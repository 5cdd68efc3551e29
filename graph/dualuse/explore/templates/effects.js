/* effects.js: what the measure of the first screen changes on the day and under the lens shown. */

/** Kinds of effect, the heaviest first. */
const EFFECTS = ["barred", "licence-needed", "capped", "excepted", "duty", "relieved", "uncertain", "none"];

/** The last state worked out for the day or one before it; null before the first. */
function effectsOn(model) {
  const states = model.landing.effects[model.lens];
  return states.findLast((state) => state.day <= model.at) ?? null;
}
