"""Run by Alembic: migrates on the connection, and in the transaction, of :func:`shared.database.schema.upgrade`."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
