"""A bank that heals: reports, quarantine, corrected keys, and what answers say about questions."""
