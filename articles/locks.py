"""Locks of the database that are held until the transaction ends. A leaf."""

from django.db import connection, models


def one_at_a_time(model: type[models.Model]) -> None:
    """Wait until nobody else saves this model under this lock.

    So that two that are sent at once, or one that is sent twice, see each other's slug or file.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [model._meta.db_table])
