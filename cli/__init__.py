"""The command line: gouji --help."""
