"""Content packs: read from libyaml's events, checked, compiled, and opened from the compiled cache.

`cache` is all that the screen's process loads; everything that needs yaml or pydantic runs in `kiosk content …`.
"""
