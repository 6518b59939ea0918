"""The command line: `cloudlark run` and everything that keeps it well, a module for each kind of work."""
