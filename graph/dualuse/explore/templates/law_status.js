/* law_status.js: what the record says of an instrument on a day and under a lens. The same steps as dualuse/law/status.py;
   a test gives both the same events, days and lenses. Days are ISO texts, which compare as days do. */

const LENSES = ["codified", "enforced", "announced"];
const ENDING = ["expiry", "removal", "supersession"];
const NEVER_BINDING = ["bill", "draft", "fact-sheet", "guidance", "political-statement", "press-statement"];
const MOST_DOUBTFUL = 8;

/** By day, then as filed. */
function byOrder(a, b) {
  if (a.earliest !== b.earliest) return a.earliest < b.earliest ? -1 : 1;
  return a.number - b.number;
}

function lastOf(events) {
  return events.reduce((last, event) => (last === null || byOrder(event, last) > 0 ? event : last), null);
}

/** Subsets of a size, in the order of Python's itertools.combinations. */
function combinations(items, size) {
  if (size === 0) return [[]];
  return items.flatMap((item, place) => combinations(items.slice(place + 1), size - 1).map((rest) => [item, ...rest]));
}

/** Which of the doubtful events may lie in the past: all choices among the first few, with all of the rest or none. */
function choices(doubtful) {
  const tried = doubtful.slice(0, MOST_DOUBTFUL);
  const rest = doubtful.slice(MOST_DOUBTFUL);
  const subsets = [...tried.keys(), tried.length].flatMap((size) => combinations(tried, size));
  return (rest.length > 0 ? [[], rest] : [[]]).flatMap((more) => subsets.map((chosen) => [...chosen, ...more]));
}

/** Status of an instrument as {status, readings, settles}; a reading is {status, events, why}, `why` a word of ours.
    Up to the day `carriedTo` the record is carried on: what falls due after its last day makes it unknown. */
function lawStatus(events, day, lens, { knownOn, kind = "", carriedTo = "" }) {
  if (day > knownOn && day <= carriedTo) {
    const then = lawStatus(events, knownOn, lens, { knownOn, kind });
    const now = lawStatus(events, day, lens, { knownOn: day, kind });
    if (then.status === now.status) return now;
    return { status: "unknown", readings: [...then.readings, ...now.readings], settles: "record" };
  }
  const ours = events.filter((event) => event.scope.length === 0).sort(byOrder);
  const doubtful = ours.filter((event) => event.earliest <= day && day < event.latest);
  const certain = ours.filter((event) => event.latest <= day);
  const later = ours.filter((event) => event.earliest > day);
  const readings = choices(doubtful).flatMap((chosen) => {
    const past = [...certain, ...chosen].sort(byOrder);
    const still = [...later, ...doubtful.filter((event) => !chosen.includes(event))];
    return readingsOf(past, still, day, lens, kind);
  });
  return settle(readings, day, knownOn, doubtful);
}

/** One status if all readings agree; else unknown, with what would settle it. */
function settle(readings, day, knownOn, doubtful) {
  const last = new Map(readings.map((reading, place) => [reading.status, place]));
  const distinct = [...last]
    .sort((a, b) => a[1] - b[1])
    .map(([status]) => readings.find((reading) => reading.status === status));
  if (day > knownOn) return { status: "unknown", readings: distinct, settles: "record" };
  if (distinct.length === 1) return { status: distinct[0].status, readings: distinct, settles: "" };
  return { status: "unknown", readings: distinct, settles: doubtful.length > 0 ? "day" : "act" };
}

/** Read one run of events that are certain to lie before the day. */
function readingsOf(past, later, day, lens, kind) {
  const binding = past.filter((event) => event.effect === "binding");
  const said = lastOf(past.filter((event) => event.announces && event.effect === "announced"));
  const ended = lastOf(binding.filter((event) => ENDING.includes(event.kind)));
  const counts = lens === "announced" && said !== null && (ended === null || byOrder(ended, said) < 0);
  const heard = counts ? runs(said, day) : false;
  const told = heard === false ? [] : [{ status: said.announces, events: [said], why: "said" }];
  return heard === true ? told : [...told, ...unheard(past, later, day, lens, kind, said, ended)];
}

/** Whether a stay or a promise still holds: null where that turns on the day it ends. */
function runs(event, day) {
  if (!event.until || day <= event.until_earliest) return true;
  return day > event.until ? false : null;
}

/** Read one run of events as if officials had said nothing that gives a status by itself. */
function unheard(past, later, day, lens, kind, said, ended) {
  const binding = past.filter((event) => event.effect === "binding");
  if (ended !== null) return [{ status: "ended", events: [ended], why: "ended" }];
  const coming = lens === "codified" ? later.filter((event) => event.effect === "binding") : later;
  const effective = effectiveBy(past, later, lens, kind);
  if (NEVER_BINDING.includes(kind) && (lens === "codified" || effective === null))
    return [{ status: "not-yet", events: past.slice(-1), why: "draft" }];
  const now = running(effective, past, coming, lens);
  const stay = lastOf(binding.filter((event) => event.kind === "suspension" || event.kind === "resumption"));
  return stay !== null && stay.kind === "suspension" ? stayed(stay, said, day, now) : [now];
}

/** The event that gave effect; guidance that names no day of effect is heeded from the day it was put out. */
function effectiveBy(past, later, lens, kind) {
  const heeded = lens === "codified" ? ["binding"] : ["binding", "announced"];
  const dated = [...past, ...later].some((event) => event.kind === "effectiveness");
  if (kind === "guidance" && lens !== "codified" && !dated)
    return past.find((event) => ["publication", "announcement"].includes(event.kind)) ?? null;
  return lastOf(past.filter((event) => event.kind === "effectiveness" && heeded.includes(event.effect)));
}

/** A stay that runs, or whose term is over: then the text applies again, unless officials said that it goes on. */
function stayed(stay, said, day, now) {
  const running = runs(stay, day);
  if (running === true) return [{ status: "suspended", events: [stay], why: "stay" }];
  const state = now.status === "unknown" ? "in-force" : now.status;
  const onItsFace = { status: state, events: [stay], why: "stay-over" };
  if (running === null) return [{ status: "suspended", events: [stay], why: "stay-open" }, onItsFace];
  const promised = said !== null && said.announces === "suspended" && runs(said, day) !== false;
  if (!promised || byOrder(said, stay) < 0) return [onItsFace];
  return [onItsFace, { status: "suspended", events: [said], why: "stay-said" }];
}

function running(effective, past, later, lens) {
  if (effective === null) {
    const coming = later.filter((event) => event.kind === "effectiveness");
    if (coming.length > 0) return { status: "not-yet", events: coming.slice(0, 1), why: "ahead" };
    if (past.length === 0) return { status: "not-yet", events: [], why: "nothing" };
    return { status: "unknown", events: past.slice(-1), why: "no-day" };
  }
  const told = lastOf(past.filter((event) => event.kind === "non-enforcement" || event.kind === "enforcement"));
  const heard = lens === "codified" ? null : told;
  if (heard !== null && heard.kind === "non-enforcement")
    return { status: "not-enforced", events: [heard], why: "not-enforced" };
  const due = [...past, ...later].filter((event) => event.kind === "compliance-due");
  const waiting = due.filter((event) => later.includes(event));
  if (waiting.length > 0 && waiting.length === due.length)
    return { status: "effective-not-due", events: [effective, waiting[0]], why: "not-due" };
  if (heard !== null) return { status: "in-force", events: [heard], why: "enforced" };
  return { status: "in-force", events: [effective], why: "in-effect" };
}
