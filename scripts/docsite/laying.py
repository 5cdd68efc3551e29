"""Sphinx over the sources of one language. As a process: python -m docsite.laying SOURCES OUT LANGUAGE."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sphinx.application import Sphinx

import dualuse

_CODES = {"en": "en", "zh-Hant": "zh_TW", "zh-Hans": "zh_CN"}
_SEARCHED = {"en": "en", "zh-Hant": "zh", "zh-Hans": "zh"}


def settings(language: str, sources: Path) -> dict[str, Any]:
    """How the pages of a language are made."""
    return {
        "autodoc_member_order": "bysource",
        "autodoc_typehints": "signature",
        "autodoc_use_legacy_class_based": False,
        "copyright": "dualuse maintainers; code MIT, data and ontology CC BY 4.0",
        "exclude_patterns": ["_out", "_extra"],
        "extensions": ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "docsite.reading"],
        "html_copy_source": False,
        "html_css_files": ["site.css"],
        "html_extra_path": [str(sources / "_extra")] if (sources / "_extra").is_dir() else [],
        "html_search_language": _SEARCHED[language],
        "html_show_sourcelink": False,
        "html_show_sphinx": False,
        "html_static_path": [str(Path(__file__).parent / "static")],
        "html_theme": "furo",
        "html_title": f"dualuse {dualuse.__version__}",
        "language": _CODES[language],
        "myst_heading_anchors": 6,
        "nitpicky": False,
        "project": "dualuse",
        "pygments_style": "friendly",
        "release": dualuse.__version__,
        "suppress_warnings": ["myst.header", "toc.not_included", "misc.highlighting_failure"],
        "templates_path": [],
    }


def lay(sources: Path, out: Path, language: str) -> int:
    """Make the pages; a warning is a fault. Gives what a process ends with."""
    with TemporaryDirectory() as trees:
        app = Sphinx(
            sources,
            None,
            out,
            Path(trees),
            "html",
            settings(language, sources),
            None,
            sys.stderr,
            freshenv=True,
            parallel=1,
        )
        app.build()
        return 1 if app._warncount or app.statuscode else 0


if __name__ == "__main__":
    sys.exit(lay(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
