"""validate: judge a report: the relations, the narrative, completeness."""
