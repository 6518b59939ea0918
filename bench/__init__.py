"""Benchmarks: `make bench` prints one JSON object. Nothing here asserts a time."""
