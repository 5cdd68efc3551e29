// YASGUI with our queries, terms and prefixes. It asks this server and no other.
"use strict";

(async () => {
  const endpoint = new URL("/sparql", location.href).href;
  const { queries, classes, properties, prefixes } = await (await fetch("/static/examples.json")).json();
  const HOME = "https://w3id.org/dualuse/";
  const FIRST = `# Which places were in which tier when the January 2025 rule took effect?
PREFIX du: <${prefixes.du}>
PREFIX rdfs: <${prefixes.rdfs}>
SELECT ?place ?name ?tier WHERE {
  ?assignment du:assignsTier ?tier ; du:concernsPlace ?place .
  ?place rdfs:label ?name FILTER(LANG(?name) = "en")
} ORDER BY ?tier ?name LIMIT 50
`;

  const begins = (words, text) => {
    const typed = text.toLowerCase();
    return words.filter((word) => word !== text && word.toLowerCase().startsWith(typed));
  };
  const isClassPlace = (yasqe, token) => {
    const before = yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, token);
    return ["a", "rdf:type", "rdfs:subClassOf"].includes(before.string);
  };
  // The server knows our prefixes; the editor marks them as unknown unless they are declared.
  const declare = (yasqe) => {
    const known = yasqe.getPrefixesFromQuery();
    const text = yasqe.getValue().replace(/<[^<>\s]*>|"[^"\n]*"|'[^'\n]*'|#[^\n]*/g, " ");
    const used = [...text.matchAll(/(?:^|[^\w?$:-])([a-z][\w-]*):[\w-]/gi)].map((match) => match[1]);
    const missing = used.filter((prefix) => prefix in prefixes && !(prefix in known));
    if (missing.length) yasqe.addPrefixes(Object.fromEntries(missing.map((prefix) => [prefix, prefixes[prefix]])));
  };
  let waiting = 0;
  const declareSoon = (yasqe) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (document.querySelector(".CodeMirror-hints") ? declareSoon(yasqe) : declare(yasqe)), 500);
  };
  const keepToken = (yasqe, token) => {
    token.autocompletionString = token.string;
    return token;
  };

  Yasgui.Yasqe.registerAutocompleter({
    name: "dualuse-terms",
    onInitialize: (yasqe) => yasqe.on("change", () => declareSoon(yasqe)),
    bulk: false,
    autoShow: true,
    isValidCompletionPosition: (yasqe) => /^[a-z][\w-]*:[\w-]*$/i.test(yasqe.getCompleteToken().string),
    preProcessToken: keepToken,
    get: (yasqe, token) => begins(isClassPlace(yasqe, token) ? classes : [...properties, ...classes], token.string),
  }, false);
  Yasgui.Yasqe.registerAutocompleter({
    name: "dualuse-prefixes",
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (yasqe) => /^[a-z][\w-]*$/i.test(yasqe.getCompleteToken().string),
    preProcessToken: keepToken,
    get: (yasqe, token) => begins(Object.keys(prefixes).map((prefix) => `${prefix}:`), token.string),
  }, false);

  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    autofocus: false,
    copyEndpointOnNewTab: false,
    persistenceId: "dualuse",
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
    populateFromUrl: (shared) => ({ ...shared, requestConfig: { ...shared.requestConfig, endpoint } }),
    yasqe: {
      value: FIRST,
      prefixCcApi: null,
      screenReaderLabel: "SPARQL query",
      autocompleters: ["variables", "dualuse-terms", "dualuse-prefixes"],
    },
    yasr: { prefixes },
  });

  const select = document.getElementById("example");
  for (const { name, question } of queries) select.add(new Option(`${question} (${name})`, name));
  select.addEventListener("change", () => {
    const chosen = queries.find(({ name }) => name === select.value);
    if (!chosen) return;
    yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name: chosen.name }).setQuery(chosen.text);
    select.value = "";
  });
  // Our IRIs open here, whether or not w3id.org leads to this server.
  const openHere = (event) => {
    const link = event.target.closest?.(`#yasgui a[href^="${HOME}"]`);
    if (link) link.href = new URL(`/${link.href.slice(HOME.length)}`, location.href).href;
  };
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, openHere, true);

  document.getElementById("ready").hidden = false;
  document.documentElement.dataset.ready = "yes";
})();
