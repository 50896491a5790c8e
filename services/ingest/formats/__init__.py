"""One module a format: bytes or text in, blocks out. None of them knows the form."""
