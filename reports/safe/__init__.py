"""The safe version of figures, for users who may not see the persons (docs/adr/0024). It is decided here alone; pages
and reports print it."""
