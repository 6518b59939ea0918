"""Whatever comes from outside, made up by the thousand: nothing breaks, everybody is answered, logs stay clean."""
