/* cite.js: how to cite the view shown, in three forms: what it is about, its day and lens, the dataset and its digest. */

import { addressOf, titleOf } from "./colophon.js";
import { nameOf } from "./words.js";

/** What is cited. The address of the file on this machine stays out of it. */
function cited(model, page) {
  const { dataset } = model.about;
  const { focus } = page.state;
  const name = focus?.node === undefined ? "" : `“${nameOf(model, focus.node).text}”, in `;
  return {
    title: `${name}${titleOf(model, page)}`,
    author: dataset.creator,
    year: dataset.known_on.slice(0, 4),
    dataset,
    stated: `as of ${model.at}, lens ${model.lens}${model.about.scenario ? `, scenario ${model.about.scenario}` : ""}`,
    address: addressOf(page),
  };
}

/** As the American Psychological Association has it. */
function citeApa(model, page) {
  const { title, author, year, dataset, stated, address } = cited(model, page);
  const digest = dataset.sha256 ? `, sha256 ${dataset.sha256.slice(0, 16)}` : "";
  const whole = `${dataset.title} (version ${dataset.version}, known on ${dataset.known_on}${digest})`;
  return `${author}. (${year}). ${title} [${stated}]. In ${whole} [Data set]. ${address}`;
}

const MARKS_OF_TEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

/** A text in which TeX sees no commands. */
function texText(text) {
  return text.replace(/[\\~^&%$#_{}]/g, (sign) => MARKS_OF_TEX[sign] ?? `\\${sign}`);
}

/** As an entry of a BibTeX file. */
function citeBibtex(model, page) {
  const { title, author, year, dataset, stated, address } = cited(model, page);
  const key = `dualuse-${dataset.version}-${page.state.view}-${model.at}-${model.lens}`.replace(/[^\w.-]/g, "");
  const [url, fragment] = address.split(" · ");
  const fields = {
    author: `{${texText(author)}}`,
    title: `{${texText(title)}}`,
    year,
    howpublished: texText(`View of the dataset ${dataset.title}`),
    version: texText(dataset.version),
    url,
    note: texText([stated, `known on ${dataset.known_on}`, dataset.sha256 && `sha256 ${dataset.sha256}`, fragment].filter(Boolean).join("; ")),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`);
  return [`@misc{${key},`, ...lines, "}"].join("\n");
}

/** As reference managers exchange it. */
function citeCsl(model, page) {
  const { title, author, dataset, stated, address } = cited(model, page);
  const [URL_, fragment] = address.split(" · ");
  const item = {
    id: `dualuse-${dataset.version}-${page.state.view}-${model.at}-${model.lens}`,
    type: "dataset",
    title,
    author: [{ literal: author }],
    issued: { "date-parts": [dataset.known_on.split("-").map(Number)] },
    "container-title": dataset.title,
    version: dataset.version,
    URL: URL_,
    note: [stated, dataset.sha256 && `sha256 ${dataset.sha256}`, fragment].filter(Boolean).join("; "),
  };
  return JSON.stringify([item], null, 2);
}
