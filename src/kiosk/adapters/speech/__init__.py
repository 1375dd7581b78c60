"""The voice as the kiosk sees it: a child process that may die, hang or be absent without a visitor waiting for it."""
