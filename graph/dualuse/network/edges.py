"""Which triples become edges: one query an edge kind, each edge with the node that is its receipt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EdgeKind:
    """A kind of edge.

    Args:
        channel: How a measure's effect travels along it, or empty.
        label: What it says, read from source to target.
        pattern: SPARQL that binds ``?from``, ``?to`` and ``?behind`` (the node whose sources are the receipt); it may
            bind ``?start``, ``?end`` (dates as written), ``?seen`` (the date when a source first shows it, where
            that is not a property of the node behind), ``?how`` (a finer kind), ``?min``, ``?max``, ``?unit``,
            ``?period``, ``?estimate`` and ``?citation``.
    """

    kind: str
    channel: str
    label: str
    pattern: str

    @property
    def dated(self) -> bool:
        """Whether it holds over a time: where no start is given, none is on record."""
        return "?start" in self.pattern


_DATED = "OPTIONAL { ?behind du:validFrom ?start } OPTIONAL { ?behind du:validTo ?end }"
_SHARES = "OPTIONAL { ?behind du:shareMin ?min } OPTIONAL { ?behind du:shareMax ?max }"

EDGE_KINDS: tuple[EdgeKind, ...] = (
    EdgeKind("issued", "", "issued", "?behind a du:Instrument ; eli:passed_by ?from BIND(?behind AS ?to)"),
    EdgeKind("amends", "", "amends", "?behind eli:amends ?to BIND(?behind AS ?from)"),
    EdgeKind("supersedes", "", "supersedes", "?behind du:supersedes ?to BIND(?behind AS ?from)"),
    EdgeKind("answered-by", "counter", "is answered by", "?behind du:answers ?from BIND(?behind AS ?to)"),
    EdgeKind("related", "", "is related to", "?behind dct:relation ?to . ?to a du:Instrument BIND(?behind AS ?from)"),
    EdgeKind(
        "stays",
        "",
        "suspends",
        "?behind du:eventKind event-kind:suspension ; du:enactedBy ?from ; du:onInstrument ?to ; du:occurredOn ?start "
        "OPTIONAL { ?behind du:stayedUntilLatest ?end }",
    ),
    EdgeKind(
        "does",
        "",
        "sets",
        "?behind du:measureKind ?any ; du:basedOn ?part . ?part eli:is_part_of ?from ; eli:id_local ?citation "
        f"BIND(?behind AS ?to) {_DATED}",
    ),
    EdgeKind(
        "scopes",
        "destination",
        "reaches",
        f"?behind du:scopeDestination ?to ; du:basedOn/eli:id_local ?citation BIND(?behind AS ?from) {_DATED}",
    ),
    EdgeKind(
        "names-place",
        "destination",
        "reaches",
        f"?behind du:scopePlace ?to ; du:basedOn/eli:id_local ?citation BIND(?behind AS ?from) {_DATED}",
    ),
    EdgeKind(
        "scopes-headquarters",
        "headquarters",
        "reaches parties headquartered in",
        f"?behind du:scopeHeadquarters ?to ; du:basedOn/eli:id_local ?citation BIND(?behind AS ?from) {_DATED}",
    ),
    EdgeKind(
        "controls",
        "item",
        "controls",
        f"?behind du:scopeItem ?to ; du:basedOn/eli:id_local ?citation BIND(?behind AS ?from) {_DATED}",
    ),
    EdgeKind(
        "binds",
        "duty",
        "binds",
        f"?behind du:bearer ?to ; du:basedOn/eli:id_local ?citation BIND(?behind AS ?from) {_DATED}",
    ),
    EdgeKind(
        "addresses",
        "duty",
        "is addressed to",
        f"?behind du:addressedTo ?to ; du:basedOn/eli:id_local ?citation BIND(?behind AS ?from) {_DATED}",
    ),
    EdgeKind(
        "borne-by",
        "duty",
        "is borne by firms such as",
        "?from du:bearerOfType ?type . ?behind du:organisationType ?type BIND(?behind AS ?to)",
    ),
    EdgeKind(
        "comprises",
        "destination",
        "comprises",
        "?behind a du:GroupMembership ; du:member ?to ; du:group ?from ; du:standing standing:member . "
        "?from du:groupRole ?role FILTER(?role != 'universe') "
        f"OPTIONAL {{ ?from du:basedOn/eli:id_local ?citation }} {_DATED}",
    ),
    EdgeKind(
        "puts-in-tier",
        "destination",
        "comprises (derived)",
        "?behind a du:TierAssignment ; du:concernsPlace ?to ; du:assignsTier/du:definedByGroup ?from . "
        "MINUS "
        "{ ?same a du:GroupMembership ; du:member ?to ; du:group ?from ; du:standing standing:member } "
        f"{_DATED}",
    ),
    EdgeKind(
        "treated-as", "", "is treated as", f"?behind a du:Treatment ; du:concernsPlace ?from ; du:parent ?to {_DATED}"
    ),
    EdgeKind(
        "catches",
        "item",
        "catches",
        "?behind a du:Classification ; du:concernsItem ?from ; du:concernsProduct ?to ; du:onEstimate ?estimate ; "
        "du:threshold/du:basedOn/eli:id_local ?citation "
        f"{_DATED}",
    ),
    EdgeKind(
        "designed-by",
        "item",
        "is designed by",
        "?behind a du:Product ; du:designer ?to BIND(?behind AS ?from) OPTIONAL { ?behind du:released ?seen }",
    ),
    EdgeKind(
        "made-by",
        "supply",
        "is made by",
        "?behind a du:Product ; du:foundry ?to BIND(?behind AS ?from) OPTIONAL { ?behind du:released ?seen }",
    ),
    EdgeKind(
        "seats",
        "headquarters",
        "is the seat of",
        "?behind du:headquarteredIn ?from BIND(?behind AS ?to)",
    ),
    EdgeKind(
        "hosts",
        "site",
        "hosts a site of",
        "?behind a du:Operation ; du:stage stage:operating ; du:concernsOrganisation ?to ; du:concernsPlace ?from "
        f"{_DATED}",
    ),
    EdgeKind(
        "buys-from",
        "market",
        "is a market of",
        "?behind a du:RevenueShare ; du:concernsOrganisation ?to ; du:concernsPlace ?from ; du:fiscalPeriod ?period "
        "FILTER(REGEX(?period, '[0-9]{4}')) BIND(REPLACE(?period, '^[^0-9]*([0-9]{4}).*$', '$1') AS ?seen) "
        f"BIND('percent of revenue' AS ?unit) {_SHARES}",
    ),
    EdgeKind(
        "supplies",
        "supply",
        "supplies",
        "?behind a du:Supply ; du:supplier ?from ; du:customer ?to ; du:supplyKind ?how "
        f"OPTIONAL {{ ?behind du:shareOf ?unit }} {_SHARES} {_DATED}",
    ),
    EdgeKind(
        "owns",
        "ownership",
        "owns",
        "?behind a du:Ownership ; du:owner ?from ; du:owned ?to ; du:ownershipKind ?how . "
        "FILTER(?how IN (ownership-kind:owns, ownership-kind:part-of, ownership-kind:invests-in)) "
        f"BIND('percent' AS ?unit) {_SHARES} {_DATED}",
    ),
    EdgeKind(
        "member-of",
        "",
        "is a member of",
        "?behind a du:Affiliation ; du:affiliationKind affiliation-kind:member-of ; "
        f"du:concernsOrganisation ?from ; du:affiliatedWith ?to {_DATED}",
    ),
    EdgeKind(
        "partner-of",
        "",
        "is a partner of",
        "?behind a du:Affiliation ; du:affiliationKind affiliation-kind:partner-of ; "
        f"du:concernsOrganisation ?from ; du:affiliatedWith ?to {_DATED}",
    ),
    EdgeKind(
        "lists",
        "listing",
        "lists",
        "?behind a du:PartyListing ; du:listedParty ?to ; du:onInstrument ?from "
        "OPTIONAL { ?behind du:listedOn ?start } OPTIONAL { ?behind du:validTo ?end }",
    ),
    EdgeKind(
        "said", "", "said", "?behind a du:Statement ; du:onBehalfOf ?from ; du:saidOn ?start BIND(?behind AS ?to)"
    ),
    EdgeKind(
        "spoke",
        "",
        "spoke",
        "?behind a du:Statement ; prov:wasAssociatedWith ?from ; du:saidOn ?start BIND(?behind AS ?to)",
    ),
    EdgeKind(
        "about",
        "",
        "is about",
        "?behind a du:Statement ; du:aboutInstrument ?to ; du:saidOn ?start BIND(?behind AS ?from)",
    ),
)

# a source is known by its class of sources, not by its own class, lest an engine go through all of them for each edge
EDGES_QUERY = """# Edges of kind %(kind)s.
SELECT ?from ?to ?behind ?start ?end ?first ?how ?min ?max ?unit ?period ?estimate ?citation ?confidence ?text
       (GROUP_CONCAT(DISTINCT STR(?source); SEPARATOR=" ") AS ?sources)
WHERE {
  %(pattern)s
  OPTIONAL { ?behind dct:source ?direct . ?direct du:sourceClass ?class }
  OPTIONAL { ?behind prov:wasDerivedFrom/dct:source ?indirect . ?indirect du:sourceClass ?below }
  BIND(COALESCE(?direct, ?indirect) AS ?source)
  OPTIONAL { ?behind du:observedFrom|du:seenOn ?shown }
  BIND(COALESCE(?seen, ?shown) AS ?first)
  OPTIONAL { ?behind du:confidence ?confidence }
  OPTIONAL { ?behind dct:description ?description }
  OPTIONAL { ?behind rdfs:label ?name FILTER(LANG(?name) = "en") }
  BIND(COALESCE(?description, ?name, '') AS ?text)
}
GROUP BY ?from ?to ?behind ?start ?end ?first ?how ?min ?max ?unit ?period ?estimate ?citation ?confidence ?text
"""
