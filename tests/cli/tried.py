"""Commands that tests of the command line run: every option of every command stands in one of them."""

from __future__ import annotations

RULE = "us-ai-diffusion-ifr-2025-01"
DAY = ("--as-of", "2025-06-01")
STORE = ("--store", "STORE")

STATED = (
    *("--data-centre", "--hbm", "3", "--enc", "--packaging", "other", "--us-market", "--listed", "entity-list"),
    *("--entry-policy", "case-by-case", "--us-content", "30", "--transistors", "20", "--foreign-made"),
    *("--direct-product", "--deemed", "--designer", "other", "--packager", "other", "--us-part", "--made-in", "TW"),
    *("--end-use-in", "TW", "--d5-customers", "--band", "upper", "--foreign-equal"),
)
"""Facts that few transactions state."""

CARDS: list[tuple[str, ...]] = [
    ("groups", "CH", "瑞士", "TWN", "--as-of", "2025-01-13", *STORE),
    ("groups", *DAY),
    ("groups", "--count", *DAY),
    ("groups", "CH", *DAY, "--brief"),
    ("status", RULE, *DAY, "--lens", "codified", *STORE),
    ("status", RULE, *DAY, "--lens", "enforced", "--brief"),
    ("status", "AI擴散規則", *DAY, "--lens", "announced"),
    ("status", "Affiliates Rule", "--as-of", "2026-11-22"),
    ("status", "--record", "--as-of", "2026-11-29"),
    ("connected", "--by", RULE, *DAY, "--lens", "codified", "--channel", "item", "--channel", "supply", *STORE),
    ("connected", "--by", RULE, *DAY, "--kind", "company", "--depth", "0", "--brief"),
    ("connected", "--party", "輝達", *DAY),
    ("connected", "--by", f"{RULE},us-acs-ifr-2023-10", *DAY, "--party", "nvidia"),
    ("connected", "--by", RULE, *DAY, "--tier", "2", "--group-by", "kind"),
    ("affected", "--by", RULE, *DAY, "--lens", "codified", "--effect", "capped", "--role", "seller", "--all", *STORE),
    ("affected", "--compare", "us-h20-is-informed-2025-04", "us-mi308-is-informed-2025-04", *DAY, "--brief"),
    ("affected", "--by", "us-h20-is-informed-2025-04", "--timeline", *DAY),
    ("affected", "--party", "輝達", *DAY, "--brief"),
    ("affected", "--by", "us-h20-is-informed-2025-04,us-mi308-is-informed-2025-04", "--party", "CN", *DAY),
    ("why", "TSMC", RULE, *DAY, "--lens", "codified", "--depth", "2", "--brief", *STORE),
    ("why", "TSMC", RULE, *DAY, "--all"),
    ("check", "--item", "4E091", "--to", "Canada", *DAY),
    ("check", "--under", "CN", "--item", "cn-gallium", "--to", "US", "--hq", "US", *DAY),
    ("check", "--item", "4A090", "--to", "CH", *STATED, *DAY),
    (
        *("check", "--item", "H100 SXM", "--quantity", "2000", "--to", "瑞士", "--hq", "CH", "--consignee-hq", "CH"),
        *("--exporter", "nvidia", "--from", "TW", "--end-use", "research", "--already-received", "1e6"),
        *("--veu", "national", "--private-sector", *DAY, "--lens", "enforced", "--brief", *STORE),
    ),
    ("chips", "--to", "CN", "--hq", "CN", *DAY, "--brief"),
    (
        *("chips", "--to", "瑞士", "--quantity", "2000", "--hq", "CH", "--consignee-hq", "CH", "--exporter", "nvidia"),
        *("--from", "TW", "--end-use", "research", "--already-received", "1e6", "--veu", "national"),
        *("--private-sector", "--consignee", "X", "--ultimate-parent", "Y", *STATED),
        *(*DAY, "--lens", "enforced", "--brief", *STORE),
    ),
    ("changes", "--from", "2026-01-31", "--to", "2026-02-28"),
    ("changes", "--since-load"),
    ("changes", "--from", "2026-01-31", "--to", "2026-02-28", "--kind", "membership", "--brief", *STORE),
    ("enforcement", "--party", "Super Micro", "--instrument", "us-ear", "--as-of", "2026-11-22", *STORE),
    ("enforcement", "--from", "2026-01-31", "--to", "2026-07-05", "--as-of", "2026-11-22", "--brief"),
    ("groups", "--count", "--claimed", "120", "--as-of", "2025-01-13"),
    ("exposure", "ASML", "--by", RULE, "--groups", "macau-d5", "--period", "2023", "--lens", "codified", *DAY, *STORE),
    ("exposure", "NVIDIA", *DAY, "--brief"),
    ("exposure", "China", "--measure", "compute", *DAY, "--brief"),
    ("structure", "bridges", *DAY),
    ("owned", "hisilicon", "--engine", "native", "--limit", "5", *DAY, "--lens", "codified", *STORE),
    ("holders", "b", "--edges", "EDGES", *DAY, "--brief", *STORE),
    (
        *("screen", "CUSTOMERS", "--lists", "record", "--column", "name=Firma", "--limit", "2"),
        *("--time", "2026-11-20", *DAY, "--lens", "announced", "--brief", *STORE),
    ),
    ("owned", "--edges", "EDGES", "--listed", "LISTED", "--rule", "ofac-50", *DAY, "--brief"),
    ("claims", "--about", RULE, "--modality", "forecast", "--sources", "FOLDER", *DAY, "--brief", *STORE),
    ("claims", "--source", "digest-88iv-2025-01", "--attribute", "tier2-count"),
    ("conflicts", "--about", RULE, "--sources", "FOLDER", *DAY, "--brief", *STORE),
    ("said", "--about", RULE, "--within", "72h", "--of", "publication", "--side", "after", "--matrix", *DAY, *STORE),
    ("said", "--by", "NVIDIA", "--stance", "opposes", "--ground", "innovation", "--brief"),
    ("said", "--about", RULE, "--changes", "--brief"),
    ("said", "--by", "mofcom", "--sources", "FOLDER", *DAY, "--brief"),
]
"""Commands that answer with a card; ``STORE`` stands for the store folder."""

SHORT: dict[str, tuple[str, ...]] = {
    "groups": ("groups", "CH", "Poland", *DAY),
    "status": ("status", RULE, *DAY),
    "connected": ("connected", "--by", RULE, "--channel", "item", *DAY),
    "why": ("why", "TSMC", RULE, *DAY),
}
"""One quick card of a command."""

OTHERS: list[tuple[str, ...]] = [
    ("query", "--list"),
    ("query", "things", "--show"),
    ("query", "things", "-p", "kind=group", "--param", "kind=place", *STORE),
    ("query", "things", "--format", "json", "-o", "OUT", "--force", "--timeout", "50", "--limit-rows", "3"),
    ("sparql", "ASK { ?s ?p ?o }", "--timeout", "0", "--limit-rows", "2", "--allow-service", "example.org", *STORE),
    ("sparql", "--file", "QUERY", "--format", "csv", "-o", "OUT", "--force"),
    (
        *("export", "--format", "graphml", "-o", "OUT", "--force", "--projection", "law"),
        *(*DAY, "--lens", "enforced", *STORE),
    ),
    ("export", "--format", "csv", *DAY, "--undated", "drop", "--seen-by", "2024-12-31", "--excel", "-o", "NEW"),
    ("export", "--format", "gexf", *DAY, "--all-times", "-o", "OUT", "--force"),
    ("export", "--format", "ftm", "-o", "OUT", "--force"),
    ("export", "--format", "bods", "-o", "-"),
    ("export", "--format", "nanopubs", "-o", "OUT", "--force"),
    ("explore", "--by", RULE, *DAY, "--lens", "codified", "--lang", "zh-Hant", "-o", "OUT", "--force", *STORE),
    ("explore", "--party", "Switzerland", "--story", "STORY", *DAY, "-o", "-"),
    ("build", "--store", "NEW", "--data", "DATA", "--quiet", "--wait"),
    ("validate", "--data", "DATA"),
    ("check", "--batch", "TABLE", *DAY, "-o", "OUT", "--force"),
    ("whatif", "--move", "PL:supp5a", "--by", RULE, "--batch", "TABLE", *DAY, "--brief", *STORE),
    ("screen", "CUSTOMERS", "--column", "name=Firma", "--format", "csv", "--proof", "OUT", "-o", "CARD", "--force"),
    ("affected", "--by", RULE, "--ties", "TABLE", *DAY, "-o", "OUT", "--force"),
    (
        *("whatif", "--remove-exception", "LPP", "--set-threshold", "3a090.a-1/tpp-min=6000"),
        *(*DAY, "--lens", "announced", "--format", "json", "-o", "OUT", "--force"),
    ),
    ("whatif", "--remove", "us-h20-is-informed-2025-04", *DAY, "--lang", "zh-Hans", *STORE),
    (
        *("whatif", "--sweep", "--all", "--as-of", "2022-10-12"),
        *("--format", "csv", "-o", "CARD", "--unknown", "OUT", "--force"),
    ),
    ("whatif", "--remove", "us-mi308-is-informed-2025-04", *DAY, "--html", "OUT", "-o", "CARD", "--force"),
    ("check", "--batch", "TABLE", "--jobs", "2", *DAY),
    ("check", "--item", "H100", "--to", "PL", "--consignee", "X", "--ultimate-parent", "Y", "--ask", *DAY),
    ("explore", "--about", "h100-sxm", "--scenario", "PL:supp5a", *DAY, "-o", "-"),
    ("explore", "--party", "PL", "--compare", "nl-regulation-sme-2023", "nl-extension-2024-09", *DAY, "-o", "-"),
    ("exposure", "ASML", *DAY, "--plot", "PLOT"),
]
"""Commands that answer otherwise, or go through a whole table; words in capitals stand for places."""
