"""A pyvis network that stays offline; imported only when pyvis is wanted."""

from __future__ import annotations

from pathlib import Path

from pyvis.network import Network

from dualuse.explore.inline import environment, hashed, template_text, vis_script


class OfflineNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """pyvis with our template and our writer: nothing fetched, everything escaped, UTF-8."""

    def __init__(self) -> None:
        super().__init__(height="100%", directed=True, notebook=False, cdn_resources="in_line")
        self.templateEnv = environment()
        self.path = "network.html.j2"

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page as text; the arguments are pyvis's own and change nothing."""
        del name, local, notebook
        template = self.templateEnv.get_template(self.path)
        nodes, edges, _, _, _, options = self.get_network_data()
        self.html = template.render(
            data={"edges": edges, "nodes": nodes, "options": options},
            script=hashed(template_text("network.js")),
            style=hashed("html,body,#network{height:100%;margin:0}"),
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
