"""Values of the schemes. Written by scripts/regenerate from ontology/concepts.csv; edit that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

AffiliationKind = Literal[
    "member-of",
    "partner-of",
    "co-signed-letter-with",
]

Tier = Literal[
    "1",
    "2",
    "3",
]

AssessmentResult = Literal[
    "agrees",
    "agrees-in-part",
    "differs",
    "not-decidable",
]

Bearer = Literal[
    "exporter",
    "reexporter",
    "transferor",
    "ultimate-consignee",
    "veu-holder",
    "iaas-provider",
    "foundry",
    "applicant",
    "bis",
    "importer",
    "national",
    "service-provider",
    "addressee",
    "listed-party",
    "authority",
]

CaseStage = Literal[
    "checks",
    "inquiry",
    "searched",
    "detained",
    "charged",
    "hearing",
    "pleaded-not-guilty",
    "pleaded-guilty",
    "settled",
    "convicted",
    "sentenced",
    "acquitted",
    "dismissed",
    "closed",
    "party-account",
]

Channel = Literal[
    "destination",
    "headquarters",
    "duty",
    "item",
    "market",
    "supply",
    "site",
    "listing",
    "ownership",
    "counter",
]

ClaimAttribute = Literal[
    "tier-count",
    "tier1-count",
    "tier2-count",
    "tier3-count",
    "scheme-count",
    "tier-membership",
    "treated-as",
    "tier1-treatment",
    "tier2-treatment",
    "tier3-treatment",
    "weights-control",
    "licence-scope",
    "restricted-act",
    "item-scope",
    "country-cap",
    "cap-relief",
    "small-volume-exemption",
    "scope-exclusion",
    "announced-on",
    "applies-after",
    "comment-period",
    "last-of-term",
    "purpose",
    "consequence",
    "process",
    "position",
    "criticism",
    "demand",
    "action",
    "description",
    "attributed-to",
    "reported-by",
    "dated-on",
    "office",
    "earlier-controls",
    "background",
]

Confidence = Literal[
    "high",
    "medium",
    "low",
]

CostKind = Literal[
    "charge",
    "sales-lost",
    "sales-at-risk",
]

Effect = Literal[
    "binding",
    "announced",
    "opinion",
]

EndUse = Literal[
    "development",
    "production",
    "storage",
    "research",
    "model-training",
    "cloud-service",
    "published-weights",
    "other",
    "military",
    "military-intelligence",
    "supercomputer",
    "advanced-node-fabrication",
    "fabrication-of-unknown-node",
    "chip-tool-production",
    "weapons-of-mass-destruction",
]

EventKind = Literal[
    "announcement",
    "publication",
    "effectiveness",
    "compliance-due",
    "amendment",
    "suspension",
    "resumption",
    "expiry",
    "non-enforcement",
    "enforcement",
    "removal",
    "supersession",
    "opinion",
]

Facility = Literal[
    "data-centre",
    "fab",
    "research-centre",
    "non-current-assets",
]

Ground = Literal[
    "national-security",
    "market-access",
    "leadership",
    "alliance-unity",
    "supply-chain",
    "innovation",
    "process",
    "diversion-risk",
    "sovereignty",
]

GroupRole = Literal[
    "country-group",
    "supplement",
    "derived",
    "universe",
]

InstrumentKind = Literal[
    "statute",
    "regulation",
    "rule",
    "interim-final-rule",
    "correcting-amendment",
    "executive-order",
    "proclamation",
    "order",
    "notice",
    "letter",
    "licence",
    "guidance",
    "announcement",
    "fact-sheet",
    "press-statement",
    "policy",
    "decision",
    "investigation",
    "list",
    "draft",
    "bill",
    "political-statement",
    "unpublished-instruction",
]

LegalForce = Literal[
    "binding",
    "binding-on-addressee",
    "guidance",
    "not-yet",
    "none",
]

Lens = Literal[
    "codified",
    "enforced",
    "announced",
]

MeasureKind = Literal[
    "licence-requirement",
    "licence-exception",
    "exclusion",
    "review-policy",
    "allocation",
    "threshold",
    "duty",
    "prohibition",
    "condition",
    "definition",
    "date",
    "listing",
    "stay",
]

Modality = Literal[
    "asserted",
    "hedged",
    "forecast",
    "denied",
    "reserved",
    "demanded",
]

OrganisationType = Literal[
    "government",
    "regulator",
    "legislature",
    "political-party",
    "company-designer",
    "company-foundry",
    "company-memory",
    "company-equipment",
    "company-eda",
    "company-materials",
    "company-packaging",
    "company-oem",
    "company-distributor",
    "company-cloud",
    "company-ai-lab",
    "company-other",
    "investor",
    "trade-association",
    "think-tank",
    "advocacy-group",
    "university",
    "media",
]

OwnershipKind = Literal[
    "owns",
    "invests-in",
    "affiliate-of",
    "agreed-to-acquire",
    "part-of",
]

PassageKind = Literal[
    "body",
    "headline",
    "caption",
    "keyword-line",
    "boilerplate",
]

PrimaryText = Literal[
    "read",
    "copy-read",
    "not-opened",
    "not-found",
    "spoken",
    "not-public",
    "not-sought",
]

Programme = Literal[
    "us-entity-list",
    "cn-unreliable-entity-list",
    "cn-control-list",
    "cn-watch-list",
    "tw-shtc-entity-list",
]

ReportKind = Literal[
    "primary",
    "news",
    "trade-press",
    "reprint",
    "low-grade-copy",
]

RereadOutcome = Literal[
    "agrees",
    "differs",
    "not-at-hand",
]

RereadResolution = Literal[
    "mended",
    "kept",
    "open",
]

RereadRound = Literal[
    "first",
    "sample",
    "second-sample",
    "judgements",
    "third-sample",
]

ReviewPolicy = Literal[
    "presumption-of-approval",
    "presumption-of-denial",
    "policy-of-denial",
    "case-by-case",
]

RuleKind = Literal[
    "exclusion",
    "requirement",
    "exception",
    "review-policy",
    "allocation",
    "duty",
    "gap",
]

Rule = Literal[
    "tier-assignment",
    "item-classification",
]

SourceClass = Literal[
    "law-text",
    "official-notice",
    "official-statement",
    "company-filing",
    "company-statement",
    "wire",
    "press",
    "trade-press",
    "research",
    "aggregator",
    "blog",
    "unread",
]

Stage = Literal[
    "operating",
    "planned",
]

Stance = Literal[
    "supports",
    "opposes",
    "concerned",
    "neutral",
    "requests-change",
]

Standing = Literal[
    "member",
    "contested",
    "not-a-member",
]

Status = Literal[
    "not-yet",
    "effective-not-due",
    "in-force",
    "suspended",
    "not-enforced",
    "ended",
    "unknown",
]

SupplyKind = Literal[
    "supplies",
    "manufactures-for",
    "sells-to",
]

TextKind = Literal[
    "primary",
    "copy",
    "secondary",
    "report",
    "excerpt",
]

TreatmentRule = Literal[
    "parent-territory",
    "treated-as-china",
    "part-of-united-states",
    "one-territory",
]

SCHEMES: Mapping[str, tuple[str, ...]] = {
    "affiliation-kind": get_args(AffiliationKind),
    "tier": get_args(Tier),
    "assessment-result": get_args(AssessmentResult),
    "bearer": get_args(Bearer),
    "case-stage": get_args(CaseStage),
    "channel": get_args(Channel),
    "claim-attribute": get_args(ClaimAttribute),
    "confidence": get_args(Confidence),
    "cost-kind": get_args(CostKind),
    "effect": get_args(Effect),
    "end-use": get_args(EndUse),
    "event-kind": get_args(EventKind),
    "facility": get_args(Facility),
    "ground": get_args(Ground),
    "group-role": get_args(GroupRole),
    "instrument-kind": get_args(InstrumentKind),
    "legal-force": get_args(LegalForce),
    "lens": get_args(Lens),
    "measure-kind": get_args(MeasureKind),
    "modality": get_args(Modality),
    "organisation-type": get_args(OrganisationType),
    "ownership-kind": get_args(OwnershipKind),
    "passage-kind": get_args(PassageKind),
    "primary-text": get_args(PrimaryText),
    "programme": get_args(Programme),
    "report-kind": get_args(ReportKind),
    "reread-outcome": get_args(RereadOutcome),
    "reread-resolution": get_args(RereadResolution),
    "reread-round": get_args(RereadRound),
    "review-policy": get_args(ReviewPolicy),
    "rule-kind": get_args(RuleKind),
    "rule": get_args(Rule),
    "source-class": get_args(SourceClass),
    "stage": get_args(Stage),
    "stance": get_args(Stance),
    "standing": get_args(Standing),
    "status": get_args(Status),
    "supply-kind": get_args(SupplyKind),
    "text-kind": get_args(TextKind),
    "treatment-rule": get_args(TreatmentRule),
}
"""Kind of concept -> its values."""
