"""What those who may not see the persons are shown (docs/adr/0024): one place decides, pages and reports print it."""
