"""The names of a story's tags in its search index, its words without stems, and when it changed.

PostgreSQL cannot change the expression of a generated column: it is dropped and computed anew.
"""

from functools import reduce
from importlib import import_module
from operator import add

import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Coalesce, Left

_spelling = import_module("articles.migrations.0005_the_picture_archive")
FIELDS = [
    ("title", "A"),
    ("subtitle", "B"),
    ("indexed_tags", "C"),
    ("excerpt", "C"),
    ("body", "D"),
]


def weighed(field, weight, configuration, length):
    beginning = Left(Coalesce(field, models.Value("")), length)
    spelled = Left(_spelling.spelled(beginning), length)
    return SearchVector(spelled, config=configuration, weight=weight)


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_sent_once")]

    operations = [
        migrations.RemoveIndex(model_name="tag", name="tag_search"),
        migrations.RemoveField(model_name="tag", name="search_index"),
        migrations.RemoveIndex(model_name="article", name="article_search"),
        migrations.RemoveField(model_name="article", name="search_index"),
        migrations.AddField(
            model_name="article",
            name="indexed_tags",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="write_tag_names",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    NEW.indexed_tags := coalesce(\n        (\n            SELECT string_agg(t.name, ' من ' ORDER BY tagged.id)\n                FROM articles_taggedarticle tagged JOIN articles_tag t ON t.id = tagged.tag_id\n                WHERE tagged.content_object_id = NEW.id\n        ),\n        ''\n    );\n    RETURN NEW;\n    ",
                    hash="cc5b7bfa4aa3bec0278cbb070b278d23ae7d7ef1",
                    operation='INSERT OR UPDATE OF "indexed_tags"',
                    pgid="pgtrigger_write_tag_names_5e367",
                    table="articles_article",
                    when="BEFORE",
                ),
            ),
        ),
        # The trigger writes what is there already.
        migrations.RunSQL(
            "UPDATE articles_article SET indexed_tags = ''"
            " WHERE id IN (SELECT content_object_id FROM articles_taggedarticle)",
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name="article",
            name="search_index",
            field=models.GeneratedField(
                expression=reduce(
                    add,
                    [
                        *(weighed(*each, "arabic", 200_000) for each in FIELDS),
                        *(weighed(*each, "simple", 30_000) for each in FIELDS),
                    ],
                ),
                output_field=SearchVectorField(),
                db_persist=True,
                editable=False,
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=GinIndex(fields=["search_index"], name="article_search"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "-updated_at"], name="article_changed"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tag",
            trigger=pgtrigger.compiler.Trigger(
                name="name_renamed_tags",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM FROM articles_article WHERE id IN (SELECT tagged.content_object_id FROM articles_taggedarticle tagged JOIN after_it ON after_it.id = tagged.tag_id JOIN before_it ON before_it.id = after_it.id WHERE after_it.name <> before_it.name) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE articles_article SET indexed_tags = '' WHERE id IN (SELECT tagged.content_object_id FROM articles_taggedarticle tagged JOIN after_it ON after_it.id = tagged.tag_id JOIN before_it ON before_it.id = after_it.id WHERE after_it.name <> before_it.name);\n    RETURN NULL;\n    ",
                    hash="de7db4d68e2a78fde0808fd3266c523b50b4ee46",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_name_renamed_tags_e95e9",
                    referencing="REFERENCING OLD TABLE AS before_it  NEW TABLE AS after_it ",
                    table="articles_tag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taggedarticle",
            trigger=pgtrigger.compiler.Trigger(
                name="name_tags_put_on",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM FROM articles_tag WHERE id IN (SELECT tag_id FROM put_on) FOR SHARE;\n    PERFORM FROM articles_article WHERE id IN (SELECT content_object_id FROM put_on) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE articles_article SET indexed_tags = '' WHERE id IN (SELECT content_object_id FROM put_on);\n    RETURN NULL;\n    ",
                    hash="cb34fbeee8684a433e9c6061ccced19687c3bb19",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_name_tags_put_on_e2c1b",
                    referencing="REFERENCING NEW TABLE AS put_on ",
                    table="articles_taggedarticle",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taggedarticle",
            trigger=pgtrigger.compiler.Trigger(
                name="name_tags_exchanged",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM FROM articles_tag WHERE id IN (SELECT tag_id FROM put_on) FOR SHARE;\n    PERFORM FROM articles_article WHERE id IN (SELECT content_object_id FROM put_on UNION SELECT content_object_id FROM taken_off) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE articles_article SET indexed_tags = '' WHERE id IN (SELECT content_object_id FROM put_on UNION SELECT content_object_id FROM taken_off);\n    RETURN NULL;\n    ",
                    hash="387cd83d8ff59da4d085cb20972c06b88384f1d5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_name_tags_exchanged_2dc68",
                    referencing="REFERENCING OLD TABLE AS taken_off  NEW TABLE AS put_on ",
                    table="articles_taggedarticle",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taggedarticle",
            trigger=pgtrigger.compiler.Trigger(
                name="name_tags_taken_off",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM FROM articles_article WHERE id IN (SELECT content_object_id FROM taken_off) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE articles_article SET indexed_tags = '' WHERE id IN (SELECT content_object_id FROM taken_off);\n    RETURN NULL;\n    ",
                    hash="580ef02c3cadbfb37c6a814ecf3d1c99ad405f27",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_name_tags_taken_off_adcba",
                    referencing="REFERENCING OLD TABLE AS taken_off ",
                    table="articles_taggedarticle",
                    when="AFTER",
                ),
            ),
        ),
    ]
