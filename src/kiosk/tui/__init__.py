"""The Textual screens: they show a page and post keys; they decide nothing."""
