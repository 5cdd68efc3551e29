"""rdflib-endpoint over rdflib's own store, as its documentation starts it: ``python serve_peer.py PORT QUADS``."""

from __future__ import annotations

import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main() -> None:
    """Serve the quads of a file."""
    graph = Dataset(default_union=True)
    graph.parse(sys.argv[2], format="nquads")
    app = SparqlEndpoint(graph=graph, path="/sparql")
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
