"""A SPARQL server that shares nothing with Oxigraph: rdflib-endpoint over rdflib's own engine, on this machine.

It is started by tests: ``python rdflib_server.py PORT``. Graphs are put at ``/data``, which rdflib-endpoint does not
have itself (it parses updates at some 200 triples a second), or not at all with ``--updates-only``. rdflib compares
every row of one side of a join with every row of the other; here they meet in a table (the same rows, sooner), by the
hook that rdflib has for it.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import uvicorn
from fastapi import Request, Response
from rdflib import Dataset, URIRef
from rdflib.plugins.sparql.evaluate import evalPart
from rdflib_endpoint import SparqlEndpoint


def hash_join(ctx: Any, part: Any) -> Iterator[Any]:
    """Join two sides by the variables that every row of both binds."""
    if part.name != "Join" or part.lazy:
        raise NotImplementedError
    left = list(evalPart(ctx, part.p1))
    right = list(evalPart(ctx, part.p2)) if left else []
    shared = [set.intersection(*(set(row) for row in rows)) if rows else set() for rows in (left, right)]
    keys = sorted(shared[0] & shared[1])
    table: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in right:
        table[tuple(row[key] for key in keys)].append(row)
    return (
        row.merge(other)
        for row in left
        for other in table.get(tuple(row[key] for key in keys), ())
        if row.compatible(other)
    )


def main() -> None:
    """Serve an empty graph."""
    graph = Dataset(default_union=True)
    app = SparqlEndpoint(graph=graph, path="/sparql", enable_update=True, custom_eval=hash_join)

    async def put(request: Request) -> Response:
        graph.graph(URIRef(request.query_params["graph"])).parse(data=await request.body(), format="nt")
        return Response(status_code=204)

    if "--updates-only" not in sys.argv:
        app.add_api_route("/data", put, methods=["PUT"])
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
