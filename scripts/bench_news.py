"""Score the news reader on a digest coded by hand, and time it beside jieba with the same gazetteer, in one run.

With --gold it scores a folder of texts in the form that tests/news/gold/README.md describes instead.
"""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Sequence
from pathlib import Path

from benching import median_seconds, show
from news_gold import score_folder
from news_scale import time_scale
from news_size import time_sizes

from dualuse.news.reader import Reader
from dualuse.news.review.coded import HALVES, read_coded
from dualuse.news.review.gold import GoldMention
from dualuse.news.review.score import Score
from dualuse.news.text.passages import Text

RUNS = 5
BESIDE = Path(__file__).resolve().parents[2] / "shared"
GOLD = Path(__file__).resolve().parents[1] / "tests" / "news" / "gold"
NAMED = ("place", "organisation", "person", "city", "region", "outlet", "product", "instrument", "term")


class Plain:
    """What most people would do: jieba with the names as a user dictionary, then look every word up."""

    def __init__(self, reader: Reader) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()
        self._names = {form for form, names in reader.gazetteer.names.items() if names[0].kind in NAMED}
        for form in self._names:
            if not form.isascii():
                self._jieba.add_word(form)

    def find(self, text: Text) -> list[tuple[int, int]]:
        """Spans of the words that are names."""
        found, position = [], 0
        for word in self._jieba.cut(text.lowered):
            if word in self._names:
                found.append((position, position + len(word)))
            position += len(word)
        return found

    def score(self, text: Text, gold: Sequence[GoldMention]) -> Score:
        """Score its spans against those coded; keys are not asked for."""
        spans = set(self.find(text))
        right = len(spans & {(mention.start, mention.end) for mention in gold})
        return Score("jieba + gazetteer: mentions, span only", len(gold), right, len(spans), right)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="scripts/bench news", description=__doc__)
    folder = Path(os.environ.get("DUALUSE_SOURCES") or BESIDE / "seed")
    found = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    coded = Path(os.environ.get("DUALUSE_CODED") or BESIDE / "facts" / "statements")
    parser.add_argument("--digest", type=Path, default=found[0] if found else None, help="the text")
    parser.add_argument("--claims", type=Path, default=coded / "seed_claims.csv", help="its claims as coded")
    parser.add_argument("--entities", type=Path, default=coded / "seed_entities.csv", help="its entities as coded")
    parser.add_argument("--misses", metavar="KIND", help="list what is not right of a kind, such as claim")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="score the coded texts of a folder instead")
    parser.add_argument(
        "--half", choices=HALVES, default="", help="only this half of them; of blind texts figures alone"
    )
    parser.add_argument("--size", action="store_true", help="time texts of several sizes, made of the folder of --gold")
    parser.add_argument("--scale", action="store_true", help="time one core, two and Spark on those of tests/news/gold")
    options = parser.parse_args()
    if options.scale and options.gold is None:
        options.gold, options.half = GOLD, "development"
    if options.size and options.gold is None:
        parser.error("--size makes its texts of a folder: give --gold DIR")
    if options.gold is not None:
        return options
    missing = [name for name in ("digest", "claims", "entities") if not (vars(options)[name] or Path("?")).is_file()]
    if missing:
        parser.error(
            f"give {', '.join('--' + name for name in missing)}: the digest and its tables are not in the repository"
        )
    return options


def main() -> None:
    """Print the scores and the speeds."""
    options = arguments()

    from dualuse.build import build
    from dualuse.news.review.gold import gold_claims, gold_mentions, read_coding, read_rows
    from dualuse.news.review.score import score
    from dualuse.news.text.passages import read_text

    reader = Reader(build().store)
    if options.size:
        time_sizes(reader, read_coded(options.gold, options.half))
        return
    if options.scale:
        time_scale(reader, read_coded(options.gold, options.half))
        return
    if options.gold is not None:
        score_folder(reader, options.gold, options.half, options.misses)
        return
    text = read_text(options.digest)
    coding = read_coding()
    claims = gold_claims(read_rows(options.claims)[1], text, coding)
    mentions = gold_mentions(read_rows(options.entities)[1], text, coding)
    reading = reader.read(text)
    scores, misses = score(reading, reader.gazetteer, claims, mentions)
    other = Plain(reader)
    rows = [
        (s.kind, str(s.gold), str(s.made), f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}")
        for s in (*scores, other.score(text, mentions))
    ]
    show(f"{text.name}: {len(text.original):,} characters", ("kind", "coded", "made", "P", "R", "F1"), rows)
    dates = [(found.start, found.end) for found in reading.dates]
    timed = [
        ("dualuse news, everything", median_seconds(lambda: reader.read(text), RUNS)),
        ("dualuse news, mentions only", median_seconds(lambda: reader.mentions(text, dates), RUNS)),
        ("jieba + gazetteer, mentions only", median_seconds(lambda: other.find(text), RUNS)),
    ]
    speeds = [(what, f"{seconds * 1000:.1f}", f"{len(text.original) / seconds:,.0f}") for what, seconds in timed]
    show(f"Speed, median of {RUNS} runs", ("what", "ms", "characters / s"), speeds)
    for miss in misses:
        if miss.kind == options.misses:
            words = text.original[miss.start : miss.end].replace("\n", " ")
            print(f"{'missing' if miss.missing else 'wrong'}: {miss.what} | {words[:60]}")


if __name__ == "__main__":
    main()
