"""What authors and reviewers look at: cards, blind sheets, coverage and counts, as plain text."""
