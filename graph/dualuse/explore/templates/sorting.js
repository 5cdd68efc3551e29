/* sorting.js: how a table looks that a reader has sorted, filtered and cut to some of its columns: what cells are sorted by,
   which rows a filter leaves, and the look as part of an address. Pure: it touches no page. */

const NUMBER = /^[−-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\s*%?$/;
const DATE = /^[?≤(\s]*\d{4}(-\d\d){0,2}(?!\d)/;
const PLAIN_LOOK = { sort: "", down: false, find: "", hide: [] };

/** What the cells of a column are: "number", "date" or "text", by all that are not empty. */
function formOf(texts) {
  const told = texts.filter((text) => text !== "");
  if (told.length === 0) return "text";
  if (told.every((text) => NUMBER.test(text))) return "number";
  return told.every((text) => DATE.test(text)) && told.some((text) => text.includes("-")) ? "date" : "text";
}

/** What a cell is sorted by: a number, or a text. */
function sortKey(text, form) {
  if (text === "") return "";
  if (form === "number") return Number(text.replace("−", "-").replace(/[,%\s]/g, ""));
  return form === "date" ? text.match(/\d{4}(-\d\d){0,2}/)[0] : text;
}

/** The places of rows in their order by a key each: empty ones last either way, those alike as they stand. */
function orderBy(keys, down, language) {
  const collator = new Intl.Collator(language, { numeric: true });
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
  return [...keys.keys()].sort((a, b) => {
    const [x, y] = [keys[a], keys[b]];
    if (x === "" || y === "") return Number(x === "") - Number(y === "") || a - b;
    return (down ? -1 : 1) * compare(x, y) || a - b;
  });
}

/** Whether a folded text holds every word of a folded query. */
function holdsWords(text, { words }) {
  return words.every((each) => text.includes(each));
}

/** The look after a head is pressed: first as the column is read best, then the other way, then as the table was made. */
function pressed(look, column, greatestFirst) {
  if (look.sort !== column) return { ...look, sort: column, down: greatestFirst };
  return look.down === greatestFirst ? { ...look, down: !greatestFirst } : { ...look, sort: "", down: false };
}

/** Looks by the name of their table as [name of the part, text] of an address; only what is not plain. */
function writeLooks(looks) {
  return Object.entries(looks).flatMap(([name, { sort, down, find, hide }]) => [
    ...(sort ? [[`${name}.sort`, `${down ? "-" : ""}${sort}`]] : []),
    ...(find ? [[`${name}.find`, find]] : []),
    ...(hide.length > 0 ? [[`${name}.hide`, hide.join(",")]] : []),
  ]);
}

/** Read looks from parts of an address: [[name, text]]. */
function readLooks(parts) {
  const looks = {};
  for (const [part, text] of parts) {
    const [, name, what] = /^([a-z][\w-]*)\.(sort|find|hide)$/.exec(part) ?? [];
    if (what === undefined) continue;
    const look = (looks[name] ??= { ...PLAIN_LOOK });
    if (what === "sort") Object.assign(look, { sort: text.replace(/^-/, ""), down: text.startsWith("-") });
    else if (what === "find") look.find = text;
    else look.hide = text.split(",").filter(Boolean);
  }
  return looks;
}
