/* positions.js: who stood where on a measure: speech acts, a window around an event, positions with their grounds; what
   dualuse.claims says in Python. */

const SPEECH_FIELDS = ["earliest", "latest", "organisation", "holder", "stance", "grounds", "instruments", "act", "also"];

/** Statement -> its row as an object, by name; read once. */
function readSpeech(history) {
  const row = ([key, values]) => [key, { key, ...Object.fromEntries(SPEECH_FIELDS.map((name, place) => [name, values[place]])) }];
  return new Map(Object.entries(history.speech).map(row));
}

/** Statements that record one act, together; a letter has all its signers. */
function actsOf(statements) {
  const together = new Map();
  for (const statement of statements) together.set(statement.act, [...(together.get(statement.act) ?? []), statement]);
  return [...together].map(([root, members]) => {
    const ordered = members.sort((a, b) => (a.key < b.key ? -1 : 1));
    const first = ordered.find((statement) => statement.key === root) ?? ordered[0];
    const signers = [...new Set(ordered.flatMap((statement) => [statement.organisation, ...statement.also]))].sort();
    const grounds = [...new Set(ordered.flatMap((statement) => statement.grounds))].sort();
    return { key: first.key, first, statements: ordered, signers, grounds };
  });
}

/** The statement of an act that is recorded for a signer, or its first. */
function statementOf(act, signer) {
  return act.statements.find((statement) => statement.organisation === signer) ?? act.first;
}

/** The days around an event: both ends are in. */
function windowAround(event, days) {
  const moved = (day, by) => new Date(Date.parse(`${day}T00:00:00Z`) + by * 86400000).toISOString().slice(0, 10);
  return { first: moved(event.earliest, -days), last: moved(event.latest, days) };
}

/** Where an act falls: "inside", "before", "after", or "unsure" where it may be either. */
function placeIn(window_, { first }) {
  if (window_ === null) return "inside";
  if (first.latest < window_.first) return "before";
  if (first.earliest > window_.last) return "after";
  return window_.first <= first.earliest && first.latest <= window_.last ? "inside" : "unsure";
}

/** Positions in acts, one a holder and stance: {holder, organisation, stance, grounds, acts}. */
function positionsOf(acts) {
  const found = new Map();
  for (const act of acts)
    for (const signer of act.signers) {
      const own = statementOf(act, signer);
      const holder = own.organisation === signer ? own.holder : signer;
      const key = [holder, signer, own.stance].join(" ");
      if (!found.has(key)) found.set(key, { holder, organisation: signer, stance: own.stance, acts: [], grounds: new Set() });
      found.get(key).acts.push(act);
      const given = act.signers.length > 1 || own.grounds.length === 0 ? act.grounds : own.grounds;
      for (const ground of given) found.get(key).grounds.add(ground);
    }
  return [...found].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, position]) => ({ ...position, grounds: [...position.grounds].sort() }));
}
