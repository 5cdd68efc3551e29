/* scale.js: the slider of days as an axis true to time: its stops, its years, and how much changes in each month. */

import { at, draw, make } from "./dom.js";
import { dayNumber } from "./timeline.js";

const EARLY = 0.03; /* this part of the stops, and one at least, may lie before the years that are drawn true to time */
const LEAD = 60; /* days of room for them */
const MOST_YEARS = 10;

/** Where each stop lies, in days from the left end; the few early ones share a lead. */
function buildScale(model) {
  const days = model.stops.map((stop) => stop.day);
  const from = `${days[Math.min(days.length - 1, Math.ceil(days.length * EARLY))].slice(0, 4)}-01-01`;
  const early = days.filter((day) => day < from).length;
  const lead = early > 0 ? LEAD : 0;
  const place = (day) => lead + dayNumber(day) - dayNumber(from);
  const places = days.map((day, stop) => (stop < early ? Math.round((stop * LEAD) / early) : place(day)));
  return { from, lead, place, places, end: Math.max(1, places.at(-1)) };
}

/** The stop nearest to a place. */
function nearestStop({ places }, wanted) {
  return places.reduce((best, place, stop) => (Math.abs(place - wanted) < Math.abs(places[best] - wanted) ? stop : best), 0);
}

/** Month -> how many changes fall in it, in the years that are drawn true to time. */
function changesByMonth(model, from) {
  const months = new Map();
  for (const { day, changes } of model.stops) {
    const month = day.slice(0, 7);
    if (day >= from) months.set(month, (months.get(month) ?? 0) + changes.length);
  }
  return months;
}

/** Bars of the months, and the years under them. The page is told all this by the slider, so this is for eyes alone. */
function drawScale(model, scale) {
  const months = changesByMonth(model, scale.from);
  const most = Math.max(1, ...months.values());
  const bars = [...months].map(([month, count]) => {
    const height = count === 0 ? 0 : 12 + 88 * Math.sqrt(count / most);
    return draw("rect", { x: scale.place(`${month}-01`), y: 100 - height, width: 26, height });
  });
  const years = [];
  const last = Number(model.stops.at(-1).day.slice(0, 4));
  const first = Number(scale.from.slice(0, 4));
  const every = Math.ceil((last - first + 1) / MOST_YEARS);
  for (let year = first; year <= last; year += every) {
    const label = make("span", { class: "scale-year" }, String(year));
    label.style.left = `${(100 * scale.place(`${year}-01-01`)) / scale.end}%`;
    years.push(label);
  }
  const picture = draw("svg", { viewBox: `0 0 ${scale.end} 100`, preserveAspectRatio: "none" }, ...bars);
  at("density").replaceChildren(picture, ...years);
}
