"""How the tables became what they are, step by step: Alembic's environment (``env.py``) and its ``versions``.

A change of ``shared/database/tables.py`` is a new file there, and :data:`shared.database.schema.REVISION` names it. The
columns of figures are an exception: those that an edition's data added are added by every upgrade.
"""
