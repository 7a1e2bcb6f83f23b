from importlib import import_module

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

_search = import_module("articles.migrations.0005_the_picture_archive")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_the_picture_archive"),
        ("comments", "0003_freezing_is_a_right"),
    ]

    operations = [
        # PostgreSQL cannot change the expression of a generated column.
        migrations.RemoveIndex(model_name="comment", name="comment_search"),
        migrations.RemoveField(model_name="comment", name="search_index"),
        migrations.AddField(
            model_name="comment",
            name="search_index",
            field=_search.indexed([("name", "A"), ("body", "B")]),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=GinIndex(fields=["search_index"], name="comment_search"),
        ),
    ]
