"""Measurements; run them with make."""
