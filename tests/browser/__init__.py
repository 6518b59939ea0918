"""Tests that drive the local chat in a real Chromium."""
