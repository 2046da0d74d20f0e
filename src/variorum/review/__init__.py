"""Review: decisions of people, an append-only log of them, and what they do to an edition."""
