"""What the tests share: virtual time, a messenger that remembers, a small bank, a whole tutor."""
