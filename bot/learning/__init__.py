"""Pure functions about learning: no input, no output, no clock of their own, no chance of their own."""
