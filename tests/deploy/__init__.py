"""What stands in deploy/, held against validators and against the program."""
