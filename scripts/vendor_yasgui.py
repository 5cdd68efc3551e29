"""Take a release of YASGUI into the package: its script and stylesheet as npm has them, and all their licences.

    .venv/bin/python scripts/vendor_yasgui.py

Needs npm and a network. What is written is compressed, to the same bytes each time; ``SHA256SUMS`` has the sums of the
files as they were published, and a test holds them against it. Which packages the script is made of is read off its
source map.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tempfile
from pathlib import Path

from vendoring import install

PACKAGE = "@zazuko/yasgui"
"""The fork that is kept up: the first one had its last release in 2023."""
VERSION = "4.6.2"
INTEGRITY = "sha512-Zw45KdPoAE1KRaAoxIHdQqeJxvaVG1oQdntw0hy0ktX35Zu8ZccuOLrXCLwR+GU+0xMzLw8Mjw6BkSZV2vUuQw=="
TARGET = Path(__file__).resolve().parents[1] / "graph" / "dualuse" / "serve" / "yasgui"
FILES = ("yasgui.min.js", "yasgui.min.css")
_OWN = """The MIT License (MIT)

Copyright © 2018 Ruben Taelman

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE."""
"""The text in the repository of YASGUI (TriplyDB/Yasgui, LICENSE.txt); its npm package has the licence's name alone."""


def main() -> None:
    """Write the folder anew."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        build = install(folder, PACKAGE, VERSION, INTEGRITY) / "build"
        published = {name: (build / name).read_bytes() for name in FILES}
        sources = json.loads((build / f"{FILES[0]}.map").read_text("utf-8"))["sources"]
        write(published, licences(folder / "node_modules", sources))


def licences(modules: Path, sources: list[str]) -> str:
    """The licence of every package that a source map names, after that of YASGUI itself."""
    names = {found[-1] for each in sources if (found := re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", each))}
    parts = [f"{PACKAGE} {VERSION}, with @zazuko/yasqe, @zazuko/yasr and @zazuko/yasgui-utils (MIT)\n\n{_OWN}"]
    for name in sorted(names):
        about = json.loads((modules / name / "package.json").read_text("utf-8"))
        texts = sorted(each for each in (modules / name).iterdir() if each.name.lower().startswith("licen"))
        told = "\n\n".join(each.read_text("utf-8").strip() for each in texts)
        parts.append(
            f"{name} {about['version']} ({about.get('license', 'see below')})\n\n"
            + (told or f"The package has no text of its licence; its author: {about.get('author')}")
        )
    lines = f"\n\n{'-' * 71}\n".join(parts).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def write(published: dict[str, bytes], told: str) -> None:
    """Write the files, compressed, with sums and licences."""
    TARGET.mkdir(exist_ok=True)
    for name, content in published.items():
        (TARGET / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in published.items())
    (TARGET / "SHA256SUMS").write_text(sums, "utf-8")
    (TARGET / "LICENSES.txt").write_text(told, "utf-8")


if __name__ == "__main__":
    main()
