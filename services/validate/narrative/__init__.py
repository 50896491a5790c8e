"""What the prose claims about the tables, and about its own sums. Precision before recall: a claim counts only where
its subject, its year and whose it is are plain; where they are not, nothing is said."""
