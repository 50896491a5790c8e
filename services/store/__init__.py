"""store: persist reports idempotently and judge them against their neighbouring years."""
