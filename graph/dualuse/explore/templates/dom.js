/* dom.js: elements of the page: made, found, and the notice that says something for a while. */

const SVG = "http://www.w3.org/2000/svg";

/** Give an element attributes, listeners (keys that begin with "on") and children (elements or text). */
function dress(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Element of the page, dressed. */
function make(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** The same for inline SVG. */
function draw(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

/** Element on the page by id. */
function at(id) {
  return document.getElementById(id);
}

/** Say something for a few seconds. */
function notify(text) {
  const notice = at("notice");
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(notify.timer);
  notify.timer = setTimeout(() => {
    notice.hidden = true;
  }, 6000);
}

/** Do something once what is there has been drawn. */
function afterPaint(act) {
  requestAnimationFrame(() => setTimeout(act));
}

let stirs = 0;

/** Note that the picture is to change, and note on the body when it rests: three frames in which nothing did. */
function stir(rests) {
  delete document.body.dataset.rest;
  stirs += 1;
  const mine = stirs;
  let frames = 0;
  const look = () => {
    if (mine !== stirs) return;
    frames = rests() ? frames + 1 : 0;
    if (frames === 3) document.body.dataset.rest = "yes";
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
