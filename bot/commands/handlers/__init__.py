"""What each command runs: arguments to verb, an area a module."""
