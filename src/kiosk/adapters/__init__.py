"""One outside thing each, behind a port. Built by `kiosk.wiring` alone."""
