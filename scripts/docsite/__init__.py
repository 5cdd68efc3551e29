"""The documentation site: pages made from the graph, the ontology, the questions and the repository's own documents.

A generator of each sort of page reads a :class:`~docsite.world.World` and gives :class:`~docsite.page.Page` objects in
one language; Sphinx lays them out with furo beside the Markdown of the repository. A user of the package needs none of
it.
"""
