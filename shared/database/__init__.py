"""The database: its tables, derived from the form, and the one place for SQL. Only store and the command line import
it, since SQLModel takes a second to import."""
