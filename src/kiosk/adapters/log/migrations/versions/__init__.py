"""The revisions, each one step with a telling name."""
