"""The four stages of the pipeline, each of which runs, scales and fails on its own."""
