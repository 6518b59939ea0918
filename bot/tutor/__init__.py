"""The verbs: one file for each thing that a learner, an admin or the clock can cause."""
