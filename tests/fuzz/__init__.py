"""Fuzzing: valid files of every format, mutated with and without regard to structure, through the whole reader.

mutate.py     what is done to a file
outcome.py    reads one file and measures what it cost
__main__.py   ``make fuzz``
test_fuzz.py  a short run
"""
