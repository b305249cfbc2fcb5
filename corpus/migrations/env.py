"""How Alembic runs here: always on the connection that `corpus.database` hands it."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transactional_ddl=True, transaction_per_migration=False, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
