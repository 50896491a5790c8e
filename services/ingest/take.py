"""Takes one object in: fetches it, and reads it."""

import hashlib

from services.ingest.bucket import Bucket
from services.ingest.limits import Limits
from services.ingest.read import read_document
from shared.errors import Rejected
from shared.events import Ingested, ObjectDiscovered


def take(bucket: Bucket, noticed: ObjectDiscovered, limits: Limits) -> Ingested | None:
    """The object that was noticed, as it is now; None where it has vanished, which is no error.

    Raises Rejected where it cannot be read within ``limits``; Unavailable where the bucket is away.
    """
    fetched = bucket.fetch(noticed.key, limits.file_bytes)
    if fetched is None:
        return None
    document_id = hashlib.sha256(fetched.data).hexdigest()
    try:
        document = read_document(fetched.data, noticed.key, limits)
    except Rejected as rejected:
        rejected.document_id = document_id
        raise
    return Ingested(origin=fetched.origin, document_id=document_id, document=document)
