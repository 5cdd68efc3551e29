"""Every question as a method of the graph it is asked of. Written by scripts/regenerate: do not edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path
    from typing import Any

    from dualuse.card import Card
    from dualuse.knowledge import Knowledge
    from dualuse.law.facts import Value
    from dualuse.lens import Lens
    from dualuse.model.values import Channel, Ground, Modality, Stance
    from dualuse.questions import affected as affected_
    from dualuse.questions import changes as changes_
    from dualuse.questions import check as check_
    from dualuse.questions import chips as chips_
    from dualuse.questions import claims as claims_
    from dualuse.questions import conflicts as conflicts_
    from dualuse.questions import connected as connected_
    from dualuse.questions import diff as diff_
    from dualuse.questions import enforcement as enforcement_
    from dualuse.questions import exposure as exposure_
    from dualuse.questions import groups as groups_
    from dualuse.questions import holders as holders_
    from dualuse.questions import news as news_
    from dualuse.questions import owned as owned_
    from dualuse.questions import reconcile as reconcile_
    from dualuse.questions import said as said_
    from dualuse.questions import screen as screen_
    from dualuse.questions import status as status_
    from dualuse.questions import verify as verify_
    from dualuse.questions import whatif as whatif_
    from dualuse.questions import why as why_
    from dualuse.questions.parts.swept import Progress
    from dualuse.questions.parts.under import Law
    from dualuse.questions.structure import bridges as bridges_
    from dualuse.questions.structure import centrality as centrality_
    from dualuse.questions.structure import chokepoints as chokepoints_
    from dualuse.questions.structure import communities as communities_
    from dualuse.questions.structure import concentration as concentration_
    from dualuse.questions.structure import discourse as discourse_
    from dualuse.questions.structure import risk as risk_
    from dualuse.scenario import Edits


class Methods:
    """The questions that a graph answers; see :mod:`dualuse.questions`."""

    def affected(
        self,
        *,
        by: Sequence[str] = (),
        party: str | None = None,
        effects: Sequence[affected_.EffectKind | str] = (),
        roles: Sequence[affected_.Role | str] = (),
        compare: Sequence[str] = (),
        timeline: bool = False,
        every: bool = False,
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
    ) -> Card[affected_.Affected]:
        """Tell whom a measure changes, or which measures change a party or a place.

        Changed is what comes out otherwise of ``check`` with the measure in the law and without it. Whom it can reach
        along sourced edges is more: see ``connected``; that is told here where no rule of decision says what changes.

        Args:
            by: Instrument, or one measure of it, by key or title; may be repeated.
            party: An organisation or a place; then *by* may be empty, which means every instrument with rules.
            effects: Keep only these kinds of effect.
            roles: Keep only parties in these roles.
            compare: Two measures side by side: whom each changes.
            timeline: Whether what one measure of *by* changes is told day by day, up to *as_of*: destinations alone.
            every: Tables: every row and receipt, not one screen.
            as_of: Day of law, YYYY-MM-DD, or today.
            lens: What the text says, what the regulator applies, or what officials said would happen.

        Raises:
            UsageError: neither *by* nor *party* was given, something stands beside *compare*, or a kind of effect or a
                role is unknown.
            UnknownNameError: a name is not in the graph.
        """
        from dualuse.questions.affected import QUESTION

        return QUESTION(
            _graph(self),
            {
                "by": by,
                "party": party,
                "effects": effects,
                "roles": roles,
                "compare": compare,
                "timeline": timeline,
                "every": every,
                "as_of": as_of,
                "lens": lens,
            },
        )

    def bridges(self, *, as_of: date | str | None = None) -> Card[bridges_.Bridges]:
        """Show the supply links and the parties that join parties seated in different tiers.

        Args:
            as_of: Day of law, YYYY-MM-DD, or today.
        """
        from dualuse.questions.structure.bridges import QUESTION

        return QUESTION(_graph(self), {"as_of": as_of})

    def centrality(
        self,
        *,
        item: str | None = None,
        measure: centrality_.Measure | str = "betweenness",
        runs: int = 200,
        drop: float = 0.1,
        seed: int = 1,
        as_of: date | str | None = None,
    ) -> Card[centrality_.Centrality]:
        """Rank parties of the supply graph by centrality, each with the interval it keeps when links are left out.

        Args:
            item: A control-list item; the whole supply graph if not given.
            measure: Shortest paths through a party, its links, or the parties downstream of it.
            runs: Runs with links left out.
            drop: Share of the links left out in each run.
            seed: Start of the random choices.
            as_of: Day of law, YYYY-MM-DD, or today.

        Raises:
            UsageError: the item catches no product on the day, no such measure, or *runs* or *drop* is out of range.
            UnknownNameError: the item is not in the graph.
        """
        from dualuse.questions.structure.centrality import QUESTION

        return QUESTION(
            _graph(self), {"item": item, "measure": measure, "runs": runs, "drop": drop, "seed": seed, "as_of": as_of}
        )

    def changes(
        self,
        start: date | str | None = None,
        end: date | str | None = None,
        *,
        kinds: Sequence[changes_.Kind] = (),
        since_load: changes_.Feed | None = None,
    ) -> Card[changes_.Changes]:
        """List what changed between two days: events, memberships, measures, statements, steps of cases.

        A month of which a search found nothing is told as such, with where it was made. With --since-load: what the
        newest file of a feed changed against the one before it, in words of the law.

        Args:
            start: Day before the period.
            end: Last day of the period.
            kinds: Keep only these kinds of change.
            since_load: Kind of feed, or ``"all"``, in place of a period.

        Raises:
            UsageError: no period is given, or it runs backwards, or a feed is given beside it.
        """
        from dualuse.questions.changes import QUESTION

        return QUESTION(_graph(self), {"start": start, "end": end, "kinds": kinds, "since_load": since_load})

    def check(
        self,
        item: str | None = None,
        quantity: int = 1,
        to: str | None = None,
        *,
        under: Law = "US",
        ask: bool = False,
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
        **known: Value | None,
    ) -> Card[check_.Decided]:
        """Decide what one transaction needs: licence, exception, review policy, duties, and what is unknown.

        Args:
            item: Chip by name, or paragraph of the control list.
            quantity: Units.
            to: Destination.
            under: Whose law: a place, the EU, or an authority, by code or name.
            ask: Only the facts not stated that could change the outcome.
            as_of: Day of law, YYYY-MM-DD, or today.
            lens: What the text says, what the regulator applies, or what officials said would happen.
            known: What else is known, by option of the command or by name: ``hq``, ``end_use``, ``exporter`` ...

        Raises:
            UnknownNameError: a name is not in the graph.
            UsageError: no item or no destination, a quantity that cannot be, a fact that no test asks for, or a law
                without rules on record.
        """
        from dualuse.questions.check import QUESTION

        return QUESTION(
            _graph(self),
            {
                "item": item,
                "quantity": quantity,
                "to": to,
                "under": under,
                "ask": ask,
                "as_of": as_of,
                "lens": lens,
                **known,
            },
        )

    def chips(
        self,
        *,
        to: Sequence[str] = (),
        quantity: int = 1,
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
        **known: Value | None,
    ) -> Card[chips_.Chips]:
        """Show which chips on record may go where on a day: without a licence, with an exception, or not at all.

        Args:
            to: Destination; several are compared.
            quantity: Units of each.
            as_of: Day of law, YYYY-MM-DD, or today.
            lens: What the text says, what the regulator applies, or what officials said would happen.
            known: What else is known, by option of the command or by name: ``hq``, ``end_use``, ``exporter`` ...

        Raises:
            UnknownNameError: a name is not in the graph.
            UsageError: no destination, or a fact that cannot be.
        """
        from dualuse.questions.chips import QUESTION

        return QUESTION(_graph(self), {"to": to, "quantity": quantity, "as_of": as_of, "lens": lens, **known})

    def chokepoints(
        self, *, item: str | None = None, to: chokepoints_.End | str = "designers", as_of: date | str | None = None
    ) -> Card[chokepoints_.Ranked]:
        """Rank parties and places by the supply paths of an item that their absence cuts.

        Args:
            item: A control-list item; every item that catches a product if not given, each with who comes first.
            to: Where supply paths end.
            as_of: Day of law, YYYY-MM-DD, or today.

        Raises:
            UsageError: the item catches no product on the day, or *to* is unknown.
            UnknownNameError: the item is not in the graph.
        """
        from dualuse.questions.structure.chokepoints import QUESTION

        return QUESTION(_graph(self), {"item": item, "to": to, "as_of": as_of})

    def claims(
        self,
        *,
        about: str | None = None,
        source: str | None = None,
        modality: Modality | None = None,
        attribute: str | None = None,
        sources: Path | None = None,
        as_of: date | str | None = None,
    ) -> Card[claims_.Claims]:
        """List claims of the ledger: who claims what, who passed it on, and how it stands against the law.

        Args:
            about: Instrument, organisation, person, place or group by key or name.
            source: Document, or outlet, reporter or claimant.
            modality: How the claim is put.
            attribute: What it is about: tier2-count, applies-after, purpose ...
            sources: Folder with documents at hand: their passages are shown.
            as_of: Only claims that can have been written by this day.

        Raises:
            UnknownNameError: a name is not in the graph.
            UsageError: no such attribute or modality.
        """
        from dualuse.questions.claims import QUESTION

        return QUESTION(
            _graph(self),
            {
                "about": about,
                "source": source,
                "modality": modality,
                "attribute": attribute,
                "sources": sources,
                "as_of": as_of,
            },
        )

    def communities(
        self, *, of: communities_.Graph | str = "speech", runs: int = 20, seed: int = 1, as_of: date | str | None = None
    ) -> Card[communities_.Communities]:
        """Find communities, and hold them against side (state, industry, observer) and tier.

        Args:
            of: Speakers and the grounds they give, or suppliers and customers.
            runs: Searches to choose from.
            seed: Start of the random choices.
            as_of: Day of law; statements made later are left out.

        Raises:
            UsageError: no such graph, or *runs* is below 1.
        """
        from dualuse.questions.structure.communities import QUESTION

        return QUESTION(_graph(self), {"of": of, "runs": runs, "seed": seed, "as_of": as_of})

    def concentration(
        self, *parties: str, period: str = "latest", as_of: date | str | None = None
    ) -> Card[concentration_.Concentration]:
        """Show how concentrated companies' revenue is, by region and by customer, as an interval of the index.

        Args:
            parties: Companies; every one with a sourced share if empty.
            period: One period, latest, or all.
            as_of: Day on which supply links count.

        Raises:
            UsageError: no share is on record for the parties, or for the period.
            UnknownNameError: a name is not in the graph.
        """
        from dualuse.questions.structure.concentration import QUESTION

        return QUESTION(_graph(self), {"parties": parties, "period": period, "as_of": as_of})

    def conflicts(
        self, *, about: str | None = None, sources: Path | None = None, as_of: date | str | None = None
    ) -> Card[conflicts_.Conflicts]:
        """List claims that cannot all hold, with what the law says, and words given to two speakers.

        Forecasts are settled by what happened and are not called contradictions.

        Args:
            about: Instrument, organisation, person, place or group by key or name.
            sources: A folder of documents: their words are compared too, not only the few that the graph keeps.
            as_of: Only claims and statements that can be of this day or earlier.

        Raises:
            UnknownNameError: a name is not in the graph.
        """
        from dualuse.questions.conflicts import QUESTION

        return QUESTION(_graph(self), {"about": about, "sources": sources, "as_of": as_of})

    def connected(
        self,
        *,
        by: Sequence[str] = (),
        party: str | None = None,
        channels: Sequence[Channel | str] = (),
        kind: str | None = None,
        supply_hops: int = 1,
        tier: int | None = None,
        group_by: connected_.Grouping | str | None = None,
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
    ) -> Card[connected_.Connected]:
        """List whom a measure can reach along sourced edges, or which measures can reach a party.

        That is more than whom it changes: see ``affected``.

        Args:
            by: Instrument, or one measure of it, by key or title; may be repeated.
            party: An organisation or a place; then *by* may be empty, which means every instrument.
            channels: Keep only these channels.
            kind: Keep one kind of party: place, company, company-cloud, government ...
            supply_hops: How many supply links to follow beyond a party reached through item or listing.
            tier: Keep only paths through a place in this tier on the day.
            group_by: Count parties in place of listing them.
            as_of: Day of law, YYYY-MM-DD, or today.
            lens: What the text says, what the regulator applies, or what officials said would happen.

        Raises:
            UsageError: neither *by* nor *party* was given, or *group_by* or a channel is unknown.
            UnknownNameError: a name is not in the graph.
        """
        from dualuse.questions.connected import QUESTION

        return QUESTION(
            _graph(self),
            {
                "by": by,
                "party": party,
                "channels": channels,
                "kind": kind,
                "supply_hops": supply_hops,
                "tier": tier,
                "group_by": group_by,
                "as_of": as_of,
                "lens": lens,
            },
        )

    def diff(
        self, before: Path, after: Path | None = None, *, instrument: str | None = None, what: Sequence[diff_.What] = ()
    ) -> Card[diff_.Diff]:
        """Tell what the graph said in one release and says in another: rows added, removed, changed, and why.

        Rows belong to instruments by what they name, or through their provision. Why is what the releases say of it: a
        second reading, a new source, a note.

        Args:
            before: The earlier release: its folder, or its ZIP archive.
            after: The later release; this graph if not given.
            instrument: Only rows that belong to this instrument, by its key.
            what: Keep only these.

        Raises:
            UsageError: what is named is no release, or neither release has the instrument.
        """
        from dualuse.questions.diff import QUESTION

        return QUESTION(_graph(self), {"before": before, "after": after, "instrument": instrument, "what": what})

    def discourse(
        self,
        *,
        about: str | None = None,
        kind: discourse_.Kind | str = "congruence",
        concept: discourse_.Concept | str = "ground",
        normalise: discourse_.Normalise | str = "average",
        stance: Sequence[Stance] = (),
        start: date | str | None = None,
        end: date | str | None = None,
        as_of: date | str | None = None,
    ) -> Card[discourse_.Discourse]:
        """Tie speakers by the stances they share or oppose on measures and grounds.

        Args:
            about: Only this instrument, by key or title.
            kind: Same stances, opposite ones, or the first less the second.
            concept: A measure with a ground given, or the measure alone.
            normalise: Divide by the mean number of positions, by that of both together, or not.
            stance: Stances that count; none means all but ``neutral``, which takes no side.
            start: First day of a window.
            end: Last day of a window.
            as_of: Only what can have been said by this day.

        Raises:
            UnknownNameError: the measure is not in the graph.
            UsageError: the window runs backwards; or no such kind, concept, norm or stance.
        """
        from dualuse.questions.structure.discourse import QUESTION

        return QUESTION(
            _graph(self),
            {
                "about": about,
                "kind": kind,
                "concept": concept,
                "normalise": normalise,
                "stance": stance,
                "start": start,
                "end": end,
                "as_of": as_of,
            },
        )

    def enforcement(
        self,
        *,
        party: str | None = None,
        instrument: str | None = None,
        start: date | str | None = None,
        end: date | str | None = None,
        as_of: date | str | None = None,
    ) -> Card[enforcement_.Cases]:
        """List cases of enforcement with charges, parties, amounts and how far each has come; a charge is no finding.

        Args:
            party: Organisation that a case charges or names, by key or name.
            instrument: Instrument that a case may be about, by key or name.
            start: Day before the period of a step.
            end: Last day of that period.
            as_of: Only steps that can have been taken by this day.

        Raises:
            UnknownNameError: no such party or instrument.
            UsageError: the period runs backwards.
        """
        from dualuse.questions.enforcement import QUESTION

        return QUESTION(
            _graph(self), {"party": party, "instrument": instrument, "start": start, "end": end, "as_of": as_of}
        )

    def exposure(
        self,
        *parties: str,
        by: str | None = None,
        groups: Sequence[str] = (),
        period: str | None = None,
        measure: exposure_.Measured = "revenue",
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
    ) -> Card[exposure_.Exposure]:
        """Show how much of a company's revenue, sites and supply a measure touches, as intervals.

        A region that straddles groups, and revenue no row records, widen the interval upwards; nothing is guessed.
        With --measure compute: chips that places received, and clusters by tier.

        Args:
            parties: Organisations; every one with revenue on record if empty. For ``compute``, places.
            by: Instrument or measure; the January 2025 rule if not given.
            groups: Groups whose places count as touched, with or without ``us-``; chosen from the measure if empty.
            period: One period as the company counts it, or ``latest``; every period if not given.
            measure: Revenue, sites and supply of parties; or chips and clusters of places, against an allocation.
            as_of: Day of law: which places are in which group.
            lens: What the text says, what the regulator applies, or what officials said would happen.

        Raises:
            UsageError: no revenue is on record for the period, or groups or a period are given for ``compute``.
            UnknownNameError: a name is not in the graph.
        """
        from dualuse.questions.exposure import QUESTION

        return QUESTION(
            _graph(self),
            {
                "parties": parties,
                "by": by,
                "groups": groups,
                "period": period,
                "measure": measure,
                "as_of": as_of,
                "lens": lens,
            },
        )

    def groups(
        self, *places: str, count: bool = False, claimed: int | None = None, as_of: date | str | None = None
    ) -> Card[groups_.Groups]:
        """Show the legal groups and the derived tier of places on a day.

        PLACE is an ISO code or a name in English, 繁體 or 简体; none means every place.

        Args:
            places: Codes or names.
            count: Sizes of the tiers in each universe, in place of places.
            claimed: With --count: where, if anywhere, this number is right.
            as_of: Day of law, YYYY-MM-DD, or today.

        Raises:
            UnknownNameError: a place is not in the graph.
            UsageError: places and a count, or a claimed number without one.
        """
        from dualuse.questions.groups import QUESTION

        return QUESTION(_graph(self), {"places": places, "count": count, "claimed": claimed, "as_of": as_of})

    def holders(
        self, party: str, *, edges: Path | None = None, as_of: date | str | None = None
    ) -> Card[holders_.Holders]:
        """Tell who holds a party through all chains, who controls it, and who is its ultimate controller.

        Shares are intervals: both ends are met by some shares within the bounds on record that sum to at most 100 %.

        Args:
            party: The party, by key or name.
            edges: File of holdings; those of the graph if not given.
            as_of: Day on which holdings count.

        Raises:
            UsageError: a file cannot be read, or more stakes lead to the party than can be solved exactly.
            UnknownNameError: the party is not known.
            MissingExtraError: the reader is not installed.
        """
        from dualuse.questions.holders import QUESTION

        return QUESTION(_graph(self), {"party": party, "edges": edges, "as_of": as_of})

    def news(
        self,
        *paths: Path,
        read_as: news_.Form = "auto",
        written: date | str | None = None,
        relevant: news_.Relevant = "auto",
        gold: Sequence[Path] = (),
        against: news_.Against | None = None,
    ) -> Card[news_.News]:
        """Read a digest or an article: mentions, dates, quantities, who says what, and candidate claims and statements.

        Chinese in either script, or English. A text is on topic when it names an instrument, export controls, or a
        listed party or product with words of trade; then all of it is read. Others give nothing, and it is said why.

        Args:
            paths: Files and folders.
            read_as: What the files are; auto goes by name and first bytes.
            written: Day of writing.
            relevant: yes: read all of it; no: only passages that speak of export controls; auto: judge by the text.
            gold: Claims or entities coded by hand, to score the reading against; may be repeated.
            against: graph: tell what is new to the record, agrees with it, or contradicts it or the law.

        Raises:
            UsageError: nothing is there to read, or a table is none to score against.
        """
        from dualuse.questions.news import QUESTION

        return QUESTION(
            _graph(self),
            {
                "paths": paths,
                "read_as": read_as,
                "written": written,
                "relevant": relevant,
                "gold": gold,
                "against": against,
            },
        )

    def owned(
        self,
        *parties: str,
        rule: str = "bis-affiliates",
        edges: str | Path | None = None,
        listed: Path | None = None,
        engine: owned_.Engine | str = "native",
        limit: int = 1000,
        progress: Callable[[float, int], None] | None = None,
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
    ) -> Card[owned_.Owned]:
        """Apply a 50 % rule: who is listed, captured, possibly captured or clear, and through whom.

        PARTY is a key or a name; none means everyone who is not clear. A party is captured when owners that are listed
        or captured hold 50 % or more of it in sum; each counts with its full share, and shares are not multiplied.

        Args:
            parties: Parties to answer for, by key or name; none means everyone who is not clear.
            rule: The rule: bis-affiliates, ofac-50 or cn-61-50.
            edges: File of holdings, for the spark engine also a folder or an address; those of the graph if not given.
            listed: File of listed parties; those of the graph if not given.
            engine: Spark is for edge files larger than one machine.
            limit: Most parties to give when none is named; 0 for all.
            progress: Told how far a file is read: the part of it, from 0 to 1, and how many rows.
            as_of: Day of law, YYYY-MM-DD, or today.
            lens: What the text says, what the regulator applies, or what officials said would happen.

        Raises:
            UsageError: no such engine, a file cannot be read, or nobody is on the lists of the rule.
            UnknownNameError: a party or the rule is not known.
            MissingExtraError: the engine or the reader is not installed.
        """
        from dualuse.questions.owned import QUESTION

        return QUESTION(
            _graph(self),
            {
                "parties": parties,
                "rule": rule,
                "edges": edges,
                "listed": listed,
                "engine": engine,
                "limit": limit,
                "progress": progress,
                "as_of": as_of,
                "lens": lens,
            },
        )

    def reconcile(
        self, kind: reconcile_.Kind, file: Path | None = None, *, every: bool = False, as_of: date | str | None = None
    ) -> Card[reconcile_.Reconciled]:
        """Hold the curated record against a feed: a file of it, or what was loaded of it.

        KIND is ecfr (country groups, thresholds and other figures, provisions), csl or entity-list (listings), or
        federal-register (instruments). Each fact agrees, differs, is in one of the two alone, or was not compared, and
        why. Nothing is changed. Exits 0 whatever it finds, with --strict 1 where a fact differs.

        Args:
            kind: Kind of feed.
            file: A file of it; what was loaded if not given.
            every: List what agrees and what was not compared too; JSON always does.
            as_of: Day of the text; its own if not given, else the day on which it was had.

        Raises:
            UsageError: there is no such file, it is no such list, or nothing of the kind is loaded.
        """
        from dualuse.questions.reconcile import QUESTION

        return QUESTION(_graph(self), {"kind": kind, "file": file, "every": every, "as_of": as_of})

    def risk(self, *parties: str, as_of: date | str | None = None) -> Card[risk_.Risk]:
        """Rank parties of the supply graph by what is lost if one is cut off, as an interval.

        Args:
            parties: Parties to show; every one of the supply graph if empty.
            as_of: Day on which supply links count.

        Raises:
            UsageError: a party has no supply link on the day.
            UnknownNameError: a name is not in the graph.
        """
        from dualuse.questions.structure.risk import QUESTION

        return QUESTION(_graph(self), {"parties": parties, "as_of": as_of})

    def said(
        self,
        *,
        about: str | None = None,
        by: str | None = None,
        within: str | None = None,
        of: str | None = None,
        side: said_.Side = "either",
        stance: Sequence[Stance] = (),
        ground: Sequence[Ground] = (),
        matrix: bool = False,
        changes: bool = False,
        sources: Path | None = None,
        as_of: date | str | None = None,
    ) -> Card[said_.Statements]:
        """Tell who said what about a measure, on what grounds, and what their words do in law.

        Args:
            about: Instrument by key or title.
            by: Organisation or person by key or name.
            within: Only around an event: 72h, 3d, 1w; counted in whole days.
            of: The event: its kind (publication, announcement ...) or its key.
            side: Which side of the event counts.
            stance: Stances wanted; none means any.
            ground: Grounds of which one is wanted; none means any.
            matrix: One row for each party and stance, with its grounds.
            changes: Where a party's stance on a measure changed.
            sources: Folder with documents at hand: their words for what was said are shown.
            as_of: Only what can have been said by this day.

        Raises:
            UnknownNameError: a measure or a speaker is not in the graph.
            UsageError: a window without an event, an event that is not there, or the reverse; two tables at a time;
                or no such stance or ground.
        """
        from dualuse.questions.said import QUESTION

        return QUESTION(
            _graph(self),
            {
                "about": about,
                "by": by,
                "within": within,
                "of": of,
                "side": side,
                "stance": stance,
                "ground": ground,
                "matrix": matrix,
                "changes": changes,
                "sources": sources,
                "as_of": as_of,
            },
        )

    def screen(
        self,
        customers: Path | str,
        *,
        lists: Sequence[str | Path] = (),
        column: Sequence[str] = (),
        limit: int = 5,
        time: str = "",
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
    ) -> Card[screen_.Screening]:
        """Screen a table of customers against lists of restricted parties, and say why each is matched.

        CUSTOMERS is CSV, XLSX or Parquet. Searched are the curated listings and every list that is loaded, or those
        named. Nobody is cleared: an outcome is hit, possible, not-screened (with the reason) or none-in-these-lists.

        Args:
            customers: Table of customers.
            lists: Lists to search; the record and all that is loaded, if none.
            column: What columns are, where their names do not say so: ``name=Firma``.
            limit: Most candidates a customer.
            time: When the search is made, for its proof.
            as_of: Day on which listings count.
            lens: A lens, for notices of listings that are suspended and for the 50 % rule.

        Raises:
            UsageError: the table or a list cannot be read, or the table is too long for a card.
            MissingExtraError: what compares names is not installed.
        """
        from dualuse.questions.screen import QUESTION

        return QUESTION(
            _graph(self),
            {
                "customers": customers,
                "lists": lists,
                "column": column,
                "limit": limit,
                "time": time,
                "as_of": as_of,
                "lens": lens,
            },
        )

    def status(
        self,
        instrument: str | None = None,
        *,
        record: bool = False,
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
    ) -> Card[status_.Status]:
        """Show the status of an instrument or a provision on a day under each lens, with its timeline.

        With --record: how far the record reaches of each authority that issued an instrument, how many days ago that
        is, and how often facts of the record that were read again were wrong.

        Args:
            instrument: An instrument or a provision, by key, citation or name.
            record: How far the record reaches, authority by authority, against --as-of or today; no instrument.
            as_of: Day of law; of the record, the day against which ages are reckoned, today if not given.
            lens: What the text says, what the regulator applies, or what officials said would happen.

        Raises:
            UsageError: neither an instrument nor the record is asked of, or both are.
            UnknownNameError: neither an instrument nor a provision of that name.
        """
        from dualuse.questions.status import QUESTION

        return QUESTION(_graph(self), {"instrument": instrument, "record": record, "as_of": as_of, "lens": lens})

    def verify(self, *files: Path, sources: Path | None = None, every: bool = False) -> Card[verify_.Verified]:
        """Re-read the pointers of claims into documents and tell which no longer hold.

        A pointer is ok; moved, if its words stand elsewhere or in another width, punctuation or script; drift, if the
        passage is there with other words; missing, if the passage is gone. Exits 1 if any drifted or is missing.

        Args:
            files: Copies of documents.
            sources: Folder to look for documents in, by digest and by name.
            every: List every pointer, also those that hold; JSON always does.

        Raises:
            UsageError: a file is no copy of any document in the graph, or nothing is named.
        """
        from dualuse.questions.verify import QUESTION

        return QUESTION(_graph(self), {"files": files, "sources": sources, "every": every})

    def whatif(
        self,
        *,
        moves: Sequence[str] = (),
        removed: Sequence[str] = (),
        thresholds: Sequence[str] = (),
        parts: Sequence[str] = (),
        by: str | None = None,
        batch: Path | None = None,
        sweep: bool = False,
        every: bool = False,
        progress: Progress | None = None,
        edits: Edits | None = None,
        transactions: Sequence[tuple[str, Any]] = (),
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
    ) -> Card[whatif_.WhatIf]:
        """Change a few facts in a copy of the graph and show what follows, and for whom.

        Args:
            moves: Places moved between country groups, ``PLACE:GROUP`` each.
            removed: Take a licence exception away.
            thresholds: For example 3a090.a-1/tpp-min=6000.
            parts: Take an instrument, or one measure of it, out of the law.
            by: The instrument whose exposures are compared; the January 2025 rule if not given.
            batch: CSV of transactions to judge before and after; columns as the options of check.
            sweep: Whether every move of a single country, and every instrument taken away, is ranked in place of one
                scenario: by the parties that fare otherwise, then by destinations.
            every: Tables: every row and receipt, not one screen.
            progress: Told what part of a sweep is done, from 0 to 1, and how many changes were tried.
            edits: What is changed, in place of *moves*, *removed* and *thresholds*.
            transactions: Transactions to judge before and after, each with a name, beside those of *batch*.
            as_of: Day of law, and first day of the changes.
            lens: What the text says, what the regulator applies, or what officials said would happen.

        Raises:
            UnknownNameError: a name is not in the graph.
            UsageError: a change that cannot be read, or one beside a sweep.
        """
        from dualuse.questions.whatif import QUESTION

        return QUESTION(
            _graph(self),
            {
                "moves": moves,
                "removed": removed,
                "thresholds": thresholds,
                "parts": parts,
                "by": by,
                "batch": batch,
                "sweep": sweep,
                "every": every,
                "progress": progress,
                "edits": edits,
                "transactions": transactions,
                "as_of": as_of,
                "lens": lens,
            },
        )

    def why(
        self,
        party: str,
        measure: str,
        *,
        every: bool = False,
        supply_hops: int = 1,
        as_of: date | str | None = None,
        lens: Lens | str = "codified",
    ) -> Card[why_.Why]:
        """Tell what a MEASURE changes for a PARTY, tie by tie, and the paths by which it reaches it, edge by edge.

        A tie changes where ``check`` comes out otherwise with the measure in the law than without it. A path is a chain
        of sourced edges; nothing need change along it.

        Args:
            party: An organisation or a place.
            measure: An instrument or a single measure.
            every: Whether every path is told, not only the best of each shortest route (paths that differ only in the
                measure they start with, or in the receipt of an edge, are one), and people see every change.
            supply_hops: How many supply links to follow.
            as_of: Day of law, YYYY-MM-DD, or today.
            lens: What the text says, what the regulator applies, or what officials said would happen.

        Raises:
            UnknownNameError: a name is not in the graph.
            UsageError: the measure stands where the party should, and the party where the measure should.
        """
        from dualuse.questions.why import QUESTION

        return QUESTION(
            _graph(self),
            {
                "party": party,
                "measure": measure,
                "every": every,
                "supply_hops": supply_hops,
                "as_of": as_of,
                "lens": lens,
            },
        )


def _graph(asked: Methods) -> Knowledge:
    """The graph that is asked."""
    from dualuse.knowledge import Knowledge

    if not isinstance(asked, Knowledge):
        raise TypeError("questions are methods of a Knowledge alone")
    return asked
