"""The child process that synthesises speech and owns the sound card: a program of its own."""
