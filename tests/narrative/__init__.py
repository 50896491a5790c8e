"""Labelled passages of prose, and how well what they state is judged: ``python -m tests.narrative`` prints the score.

Half were written by who wrote the reader (``tests/validate/prose.py``), half by somebody who had not seen it
(``blind*.toml``). A passage says how many of its statements are false; all are held against the one report that
``tests/validate/prose.py`` describes.
"""
