"""``verify``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from dualuse.cli.options import Shown, open_for, output_options, store_option
from dualuse.errors import UsageError, ValidationFailed

if TYPE_CHECKING:
    from dualuse.claims.pointers import Copy
    from dualuse.knowledge import Knowledge

_MOST_BYTES = 5_000_000
_MOST_NAMED = 5

_sources_option = click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with documents at hand: their passages are shown.",
)


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder to look for documents in, by digest and by name.",
)
@click.option("--all", "every", is_flag=True, help="List every pointer, also those that hold; JSON always does.")
@store_option
@output_options
def verify(
    files: tuple[Path, ...], sources: Path | None, every: bool, store: str | None, **shown: Unpack[Shown]
) -> None:
    """Re-read the pointers of claims into documents and tell which no longer hold.

    A pointer is ok; moved, if its words stand elsewhere or in another width, punctuation or script; drift, if the
    passage is there with other words; missing, if the passage is gone. Exits 1 if any drifted or is missing.

    \b
    Example:
      dualuse verify digest.txt
      dualuse verify --sources documents/ --format json
    """
    from dualuse.answers.claims import verify_card
    from dualuse.cli.output import show

    if not files and sources is None:
        raise UsageError("name the files to verify, or a folder to look in with --sources")
    knowledge = open_for(store)
    copies = [_read(path) for path in files]
    if sources is not None:
        copies += _known(_folder(sources), knowledge)
        if not copies:
            raise UsageError(f"{sources}: no file in it is a document of the graph, by digest or by name")
    card = verify_card(knowledge, date.today(), copies, every=every or shown["form"] == "json")
    show(card, **shown)
    touched = [row["claim"] for row in card.answer["claims"] if row["status"] in ("drift", "missing")]
    if touched:
        named = ", ".join(touched[:_MOST_NAMED]) + (" ..." if len(touched) > _MOST_NAMED else "")
        raise ValidationFailed(f"{len(touched)} of {card.answer['pointers']} pointers no longer hold: {named}")


def _read(path: Path) -> Copy:
    """Read a document.

    Raises:
        UsageError: it cannot be read, is no UTF-8 text, or is too long for a document.
    """
    import hashlib

    from dualuse.claims.pointers import read_copy

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path}: longer than {_MOST_BYTES:,} bytes; give one document, not an archive")
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text (byte {error.start}); save the document as UTF-8") from None
    return read_copy(path.name, text, hashlib.sha256(raw).hexdigest())


def _folder(folder: Path | None) -> list[Copy]:
    """Every file of a folder that can be read as a document, by path; the rest cannot be one."""
    copies = []
    for path in sorted(folder.rglob("*")) if folder is not None else ():
        if path.is_file():
            try:
                copies.append(_read(path))
            except UsageError as error:
                click.echo(f"Passed over: {error}", err=True)
    return copies


def _known(copies: Sequence[Copy], knowledge: Knowledge) -> list[Copy]:
    """Those files of a folder that are documents of the graph."""
    from dualuse.claims.ledger import read_ledger
    from dualuse.claims.pointers import identify

    documents = read_ledger(knowledge.store).documents.values()
    return [copy for copy in copies if identify(copy, documents, thorough=False) is not None]
