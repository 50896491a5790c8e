"""ingest: watch the bucket, fetch, detect format and encoding, extract, normalise."""
