"""The library of cases that comes with the kiosk."""
