"""Questions in SPARQL: named queries with typed parameters, and a look at the terms an ad-hoc query uses."""
