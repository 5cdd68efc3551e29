"""A pyvis network that stays offline; imported only when pyvis is wanted."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from dualuse.explore.inline import environment, hashed, template_text, vis_script
from dualuse.explore.style import style_of


def _frame(*given: Any, **named: Any) -> Any:
    """What pyvis shows in a notebook: IPython's own, once it is asked for."""
    from IPython.display import IFrame  # type: ignore[import-not-found, unused-ignore]  # comes with pyvis

    return IFrame(*given, **named)


def _pyvis_network() -> type[Any]:
    """The class of pyvis. It imports all of IPython for a frame in notebooks; if that is not loaded, a stand-in is."""
    names = () if "IPython" in sys.modules else ("IPython", "IPython.display")
    for name in names:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__dict__["IFrame"] = _frame
    try:
        from pyvis.network import Network
    finally:
        for name in names:
            del sys.modules[name]
    made: type[Any] = Network
    return made


_SIGNS = {"square": "■", "diamond": "◆", "star": "★", "dot": "●", "hexagon": "⬢", "triangle": "▲", "triangleDown": "▼"}


class OfflineNetwork(_pyvis_network()):  # type: ignore[misc]  # pyvis has no types
    """pyvis with our template and our writer: nothing fetched, everything escaped, UTF-8."""

    def __init__(self) -> None:
        super().__init__(height="100%", directed=True, notebook=False, cdn_resources="in_line")
        self.templateEnv = environment()
        self.path = "network.html.j2"
        self.legend: list[str] = []

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page as text; the arguments are pyvis's own and change nothing."""
        del name, local, notebook
        template = self.templateEnv.get_template(self.path)
        nodes, edges, _, _, _, options = self.get_network_data()
        self.html = template.render(
            data={"edges": edges, "nodes": nodes, "options": options},
            script=hashed(template_text("network.js")),
            legend=[
                (kind.replace("-", " "), style_of(kind).colour, _SIGNS[style_of(kind).pyvis_shape])
                for kind in self.legend
            ],
            style=hashed(template_text("network.css")),
            vis=hashed(vis_script()),
        )
        return str(self.html)

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page to *name* as UTF-8; never opens a browser, never writes anything else."""
        del local, notebook, open_browser
        with Path(name).open("w", encoding="utf-8", newline="\n") as file:
            file.write(self.generate_html())

    def show(self, name: str, local: bool = True, notebook: bool = True) -> None:
        """Write the page to *name*, as ``write_html`` does."""
        self.write_html(name, local=local, notebook=notebook)
