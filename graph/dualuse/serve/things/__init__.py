"""What our IRIs lead to: things, and the terms of the ontology, as pages and as data."""
