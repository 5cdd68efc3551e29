/* folding.js: texts made comparable: width, case, accents and script, the two ways of spelling English, one slip of a
   finger; and where in a text a match stands. Pure: it knows neither the page nor the data. */

const PLAIN = /^[\x20-\x7e]*$/;

/* Two spellings of one word, read as one. What stands before decides alone where it can, so that a word still being typed
   is read as it will be when it is finished. */
const SPELLINGS = [
  [/([a-z]{2})([iy])z/g, "$1$2s"],
  [/\b(licen|defen|offen|preten)c/g, "$1s"],
  [/\bpractic(?=e|ing)/g, "practis"],
  [/\b(cent|fib|lit|met|theat)re(?=s?\b|d\b)/g, "$1er"],
  [/\b(behavi|col|endeav|fav|harb|hon|lab|neighb|rum)our/g, "$1or"],
  [/\bprogramme?(?=s?\b)/g, "program"],
  [/\b(cancel|channel|counsel|fuel|fulfil|label|level|model|signal|total|travel|tunnel)l/g, "$1"],
];
const RESPELT = /[iy]z|c|re|our|programm|ll/;

/** A text as it is compared. `script` maps characters of one script to those of the other. */
function foldText(text, script) {
  const plain = PLAIN.test(text) ? text.toLowerCase() : foldLetters(text, script);
  return RESPELT.test(plain) ? SPELLINGS.reduce((told, [from, to]) => told.replace(from, to), plain) : plain;
}

function foldLetters(text, script) {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[‐‑‒–—―]/g, "-")
    .replace(/[‘’]/g, "'");
  return Array.from(plain, (character) => script.get(character) ?? character).join("");
}

/** The script map of a document: two texts, character for character. */
function scriptMap([from, to]) {
  const others = [...to];
  return new Map([...from].map((character, place) => [character, others[place]]));
}

/** What a reader typed, as {text, words}. */
function foldQuery(typed, script) {
  const text = foldText(typed, script).replace(/\s+/g, " ").trim();
  return { text, words: text === "" ? [] : text.split(" ") };
}

/* how well a needle stands in a text, the best first */
const [EQUAL, OPENS, BEGINS, WORD, STARTS, WITHIN] = [0, 1, 2, 3, 4, 5];

/** How a needle stands in a folded text: EQUAL, OPENS it as a word or BEGINS it, as a WORD in it, STARTS one, or WITHIN;
    Infinity where it does not. A number is found only at its own beginning: 120 is not in 61,120. */
function standing(text, needle) {
  let place = text.indexOf(needle);
  if (place < 0) return Infinity;
  const number = isDigit(needle.charCodeAt(0));
  if (place === 0) return text.length === needle.length ? EQUAL : isBoundary(text, needle.length) ? OPENS : number ? STARTS : BEGINS;
  const whole = number || (needle.length < 3 && !isHan(needle));
  let best = Infinity;
  for (; place >= 0 && best > WORD; place = text.indexOf(needle, place + 1)) {
    if (isBoundary(text, place)) best = Math.min(best, isBoundary(text, place + needle.length) ? WORD : STARTS);
    else if (!whole) best = Math.min(best, WITHIN);
  }
  return best;
}

/** Whether a word or a number begins or ends between two characters; Han is written without gaps. */
function isBoundary(text, place) {
  if (place === 0 || place === text.length) return true;
  const before = text.charCodeAt(place - 1);
  const after = text.charCodeAt(place);
  if (isPoint(after) && isDigit(before)) return !isDigit(text.charCodeAt(place + 1));
  if (isPoint(before) && isDigit(after)) return !isDigit(text.charCodeAt(place - 2));
  return !(isLetter(before) && isLetter(after));
}

function isDigit(code) {
  return code >= 48 && code <= 57;
}

/** Whether a code is that of a sign within numbers, a comma or a point. */
function isPoint(code) {
  return code === 44 || code === 46;
}

/** Whether a code is that of a letter or a digit of a script with gaps between its words. */
function isLetter(code) {
  if (code < 128) return isDigit(code) || (code >= 97 && code <= 122);
  return code < 0x2000 ? code > 0xbf : code > 0xac00 && code < 0xd7b0;
}

function isHan(text) {
  return /\p{Script=Han}/u.test(text);
}

const LONG_ENOUGH = 5;

/** Whether a word, or its beginning, is what was typed but for one slip: a letter too many, too few, another, or two
    that changed places. Short words have too many neighbours. */
function isNear(known, typed) {
  if (typed.length < LONG_ENOUGH || known.length < typed.length - 1) return false;
  let same = 0;
  while (same < typed.length && typed[same] === known[same]) same += 1;
  if (goesOn(known, same, typed, same + 1) || goesOn(known, same + 1, typed, same + 1)) return true;
  if (goesOn(known, same + 1, typed, same)) return true;
  return typed[same] === known[same + 1] && typed[same + 1] === known[same] && goesOn(known, same + 2, typed, same + 2);
}

/** Whether a word goes on from a place as what was typed does from another, to the end of that. */
function goesOn(known, place, typed, from) {
  let at_ = from;
  while (at_ < typed.length && known[place + at_ - from] === typed[at_]) at_ += 1;
  return at_ >= typed.length && place <= known.length;
}

/** Words of letters in a folded text that are long enough to be mistyped. */
function longWords(text) {
  return text.match(/[a-z]{4,}/g) ?? [];
}

/** A text in parts, [part, whether it is one of the needles]; needles are folded, the text is not. */
function markedParts(text, needles, script) {
  const { folded, from } = foldedPlaces(text, script);
  const marked = new Uint8Array(text.length);
  for (const needle of needles) {
    if (needle === "") continue;
    const within = standing(folded, needle) === WITHIN;
    for (let place = folded.indexOf(needle); place >= 0; place = folded.indexOf(needle, place + 1))
      if (within || isBoundary(folded, place)) marked.fill(1, from[place], from[place + needle.length]);
  }
  return cutWhere(text, marked);
}

/** The folded text, and for each of its places the place in the text as it is. */
function foldedPlaces(text, script) {
  let folded = "";
  const from = [];
  for (const { 0: token, index } of text.matchAll(/[\p{Script=Latin}\p{M}]+|[^]/gu)) {
    const told = foldText(token, script);
    for (let place = 0; place < told.length; place += 1) from.push(index + Math.min(place, token.length - 1));
    folded += told;
  }
  return { folded, from: [...from, text.length] };
}

function cutWhere(text, marked) {
  const parts = [];
  for (let start = 0; start < text.length; ) {
    let end = start;
    while (end < text.length && marked[end] === marked[start]) end += 1;
    parts.push([text.slice(start, end), marked[start] === 1]);
    start = end;
  }
  return parts;
}

const AROUND = 46;

/** The part of a long text around its first mark, cut between words, with dots where it was cut. */
function snippet(parts, most = 150) {
  const whole = parts.reduce((sum, [text]) => sum + text.length, 0);
  const first = parts.findIndex(([, mark]) => mark);
  if (whole <= most || first < 0) return whole <= most ? parts : cutAfter(parts, most);
  const before = parts.slice(0, first).map(([text]) => text).join("");
  if (before.length <= AROUND) return cutAfter(parts, most);
  const gap = before.indexOf(" ", before.length - AROUND);
  const kept = before.slice(gap < 0 ? before.length - AROUND : gap + 1);
  return cutAfter([[`… ${kept}`, false], ...parts.slice(first)], most);
}

/** Parts up to a length, and dots. */
function cutAfter(parts, most) {
  const kept = [];
  let left = most;
  for (const [text, mark] of parts) {
    if (text.length <= left) kept.push([text, mark]);
    else return [...kept, [`${text.slice(0, left).replace(/\s+\S*$/u, "")} …`, mark]];
    left -= text.length;
  }
  return kept;
}
