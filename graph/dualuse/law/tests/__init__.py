"""The tests a rule can put: one module a kind, its name the key of the test, its ``KIND`` all there is to say of it."""
