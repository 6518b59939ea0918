"""Questions to and from other programs, a format a file."""
