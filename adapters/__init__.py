"""The adapters: one folder per platform. None imports another."""
