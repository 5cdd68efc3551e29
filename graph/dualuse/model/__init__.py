"""The model: one record a kind of thing, whose fields say once what they are; all else is read off them.

``fields`` holds what a field can say, ``values`` the values of the schemes, the other modules the records. From the
records come the triples (``write``), the references and the checks of the loader, the plain shapes (``shapes``) and
the codebook. Importing any of it loads neither the loader nor what reads files.
"""
