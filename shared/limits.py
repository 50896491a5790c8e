"""How large an untrusted file may be before nobody reads it."""

MAX_OBJECT_BYTES = 64 * 1024 * 1024
"""Default of ``GOUJI_MAX_OBJECT_BYTES``; the largest real reports, scanned PDFs, stay under 40 MB."""
