"""Questions in SPARQL: named queries with typed parameters, and why an ad-hoc query found nothing."""
