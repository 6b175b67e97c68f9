"""Credits: who is owed money, how old, and why."""
