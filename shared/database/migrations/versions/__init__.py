"""The migrations, each named by its number and what it does; a state of the tables is the number of the last."""
