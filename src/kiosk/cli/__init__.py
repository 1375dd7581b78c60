"""The command line: one module per group of commands; stdout is data, stderr is notes; exit codes 0, 1, 2."""
