"""What scripts/release asks of the checkout, and the parts of a release that no other tool makes."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
import tomllib
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UNRELEASED = "## [Unreleased]"
NEXT = """
Next, by hand (docs/publishing.md says how):
  1. git push origin main v{version}
  2. {python} -m twine upload dist/dualuse-{version}.tar.gz dist/dualuse-{version}-py3-none-any.whl
  3. a release of the tag with all of dist/ and what CHANGELOG.md says of {version}
  4. dualuse-data-{version}.zip to Zenodo, a new version of the same record; its DOI into CITATION.cff
  5. w3id.org: nothing, unless the place to which it points has moved
"""


def version(root: Path = ROOT) -> str:
    """The version that pyproject.toml has."""
    return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def section(changelog: str, heading: str) -> str | None:
    """What stands under a heading of the changelog, or None where there is none."""
    _, found, rest = changelog.partition(f"\n{heading}")
    return re.split(r"^## ", rest.partition("\n")[2], maxsplit=1, flags=re.MULTILINE)[0].strip() if found else None


def git(root: Path, *arguments: str) -> str:
    """What git says, or nothing where it fails."""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False).stdout


def faults(root: Path = ROOT) -> list[str]:
    """What is not ready for a release, and what to do about it."""
    number = version(root)
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    found = []
    if changed := git(root, "status", "--porcelain"):
        found.append(f"the checkout is not clean: commit or remove {', '.join(changed.split()[1::2][:5])}")
    if f"v{number}" not in git(root, "tag", "--points-at", "HEAD").split():
        there = git(root, "tag", "--list", f"v{number}")
        what = "the tag is on another commit: is the version to be raised?" if there else f"git tag -a v{number}"
        found.append(f"HEAD is not tagged v{number}: {what}")
    day = re.search(rf"^## \[{re.escape(number)}\] - (\d{{4}}-\d\d-\d\d)$", changelog, re.MULTILINE)
    if day is None or not section(changelog, f"## [{number}]"):
        found.append(f"CHANGELOG.md tells nothing of {number}, or no day: scripts/release --cut")
    elif section(changelog, UNRELEASED):
        found.append("CHANGELOG.md has lines under [Unreleased] beside the release: move them, or raise the version")
    elif f'date-released: "{day[1]}"' not in (root / "CITATION.cff").read_text("utf-8"):
        found.append(f"CITATION.cff does not say that it was released on {day[1]}")
    return found


def cut(day: date, root: Path = ROOT) -> str:
    """Give the release its day in CHANGELOG.md and CITATION.cff; what to do next.

    Raises:
        SystemExit: there is nothing to release, or the version was released.
    """
    number = version(root)
    path = root / "CHANGELOG.md"
    changelog = path.read_text("utf-8")
    if f"\n## [{number}]" in changelog:
        sys.exit(f"CHANGELOG.md has {number} already: raise the version in pyproject.toml and where the tests say")
    if not section(changelog, UNRELEASED):
        sys.exit("CHANGELOG.md has nothing under [Unreleased]: there is nothing to release")
    path.write_text(changelog.replace(UNRELEASED, f"{UNRELEASED}\n\n## [{number}] - {day}", 1), "utf-8")
    cited = root / "CITATION.cff"
    cited.write_text(re.sub(r"(?m)^date-released: .*$", f'date-released: "{day}"', cited.read_text("utf-8")), "utf-8")
    return (
        f"{number} is dated {day}. Read `git diff`, then:\n"
        f"  git commit -am '[release] {number}' && git tag -a v{number} -m 'dualuse {number}' && ./scripts/release"
    )


def pack(folder: Path, into: Path, epoch: int) -> Path:
    """Put a folder into one archive, the same bytes for the same files, and beside it the sums of all that is there."""
    target = into / f"{folder.name}.zip"
    moment = time.gmtime(max(epoch, 315_532_800))[:6]  # the first that the format knows, in 1980
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(folder.parent).as_posix(), moment)
                entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
                archive.writestr(entry, file.read_bytes())
    published = sorted(file for file in into.iterdir() if file.name != "SHA256SUMS")
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in published)
    (into / "SHA256SUMS").write_text("".join(lines), "utf-8", newline="\n")
    return target


def main() -> None:
    """What scripts/release calls."""
    parser = argparse.ArgumentParser(prog="scripts/releasing.py")
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("version")
    steps.add_parser("next")
    steps.add_parser("check").add_argument("--dry-run", action="store_true")
    steps.add_parser("cut").add_argument("day", nargs="?", type=date.fromisoformat, default=datetime.now(UTC).date())
    packing = steps.add_parser("pack")
    packing.add_argument("folder", type=Path)
    packing.add_argument("into", type=Path)
    given = parser.parse_args()
    if given.step == "version":
        print(version())
    elif given.step == "next":
        print(NEXT.format(version=version(), python=sys.executable))
    elif given.step == "cut":
        print(cut(given.day))
    elif given.step == "pack":
        print(pack(given.folder, given.into, int(os.environ["SOURCE_DATE_EPOCH"])))
    elif found := faults():
        print(*(f"{'Not ready' if given.dry_run else 'Error'}: {fault}" for fault in found), sep="\n", file=sys.stderr)
        sys.exit(0 if given.dry_run else 1)


if __name__ == "__main__":
    main()
