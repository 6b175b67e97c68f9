"""The invented hospital's fortnight: a seeded generator, its committed files and their truth."""
