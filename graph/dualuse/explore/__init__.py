"""The explorer: a network as one offline HTML file that a reader can search, filter, cite and pass on."""
