"""What the kiosk does, over the core and the ports: no screen, no input or output of its own."""
