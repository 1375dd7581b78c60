"""Values and pure functions: the visit, its pages, its choice of items, its records. Standard library only."""
