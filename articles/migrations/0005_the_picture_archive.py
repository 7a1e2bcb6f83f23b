from functools import reduce
from importlib import import_module
from operator import add

import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Coalesce, Left

import articles.constraints

_spelling = import_module("articles.migrations.0002_search_in_one_spelling")
SIGNS = "،؛؟۔«»“”‘’„•–—"


def spelled(text):
    """As in the migration before, and what is no letter becomes a blank."""
    apart = models.Func(
        _spelling.replaced(text, _spelling.REMOVED, ""),
        function="normalize",
        template="%(function)s(%(expressions)s, NFKD)",
        output_field=models.TextField(),
    )
    written = models.Func(
        _spelling.replaced(apart, _spelling.REMOVED, ""),
        models.Value(_spelling.TYPED + SIGNS),
        models.Value(_spelling.WRITTEN + " " * len(SIGNS)),
        function="translate",
        output_field=models.TextField(),
    )
    return reduce(lambda so_far, rule: _spelling.replaced(so_far, *rule), _spelling.STEMS, written)


def weighed(field, weight):
    beginning = Left(Coalesce(field, models.Value("")), 200_000)
    return SearchVector(Left(spelled(beginning), 200_000), config="arabic", weight=weight)


def indexed(fields):
    return models.GeneratedField(
        expression=reduce(add, [weighed(field, weight) for field, weight in fields]),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BodyPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "picture in a story's text",
                "verbose_name_plural": "pictures in the texts of stories",
            },
        ),
        migrations.RemoveConstraint(
            model_name="archiveimage",
            name="archiveimage_alt_not_blank",
        ),
        migrations.AddField(
            model_name="archiveimage",
            name="focal_x",
            field=models.PositiveSmallIntegerField(
                blank=True,
                db_default=50,
                default=50,
                help_text="Percent of the width. Cut shapes keep this point.",
                verbose_name="focal point, from the left",
            ),
        ),
        migrations.AddField(
            model_name="archiveimage",
            name="focal_y",
            field=models.PositiveSmallIntegerField(
                blank=True,
                db_default=50,
                default=50,
                help_text="Percent of the height. Cut shapes keep this point.",
                verbose_name="focal point, from the top",
            ),
        ),
        migrations.AddField(
            model_name="archiveimage",
            name="keywords",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Parted by commas.",
                max_length=500,
                verbose_name="keywords",
            ),
        ),
        migrations.AddField(
            model_name="archiveimage",
            name="people",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Who is to be seen, parted by commas.",
                max_length=500,
                verbose_name="people",
            ),
        ),
        migrations.AddField(
            model_name="archiveimage",
            name="source",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="From where the paper has it: an agency, a letter, an album. Not shown.",
                max_length=200,
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="archiveimage",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uploaded by",
            ),
        ),
        migrations.AlterField(
            model_name="archiveimage",
            name="alt",
            field=models.CharField(
                db_default="",
                default="",
                help_text="What is to be seen, for those who cannot see it. Required.",
                max_length=300,
                validators=[articles.constraints.validate_not_blank],
                verbose_name="alternative text",
            ),
        ),
        migrations.AddIndex(
            model_name="archiveimage",
            index=models.Index(fields=["-added_at", "-id"], name="archiveimage_newest"),
        ),
        migrations.AddIndex(
            model_name="archiveimage",
            index=models.Index(
                condition=models.Q(("alt", "")),
                fields=["-added_at", "-id"],
                name="archiveimage_undescribed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="archiveimage",
            trigger=pgtrigger.compiler.Trigger(
                name="shown_picture_stays_described",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE undescribed bigint;",
                    func="\n    IF NEW.alt = '' AND EXISTS (\n        SELECT FROM articles_article a WHERE a.status IN ('scheduled', 'published') AND (\n            a.image_id = NEW.id OR EXISTS (\n                SELECT FROM articles_bodypicture b\n                    WHERE b.article_id = a.id AND b.image_id = NEW.id\n            )\n        )\n    ) THEN\n        undescribed := NEW.id;\n        \n    RAISE EXCEPTION 'picture % is shown by a story and has no description', undescribed\n        USING ERRCODE = 'check_violation';\n\n    END IF;\n    RETURN NULL;\n    ",
                    hash="3ff37a54203913eaed5c2b51b58166ee5baa6c67",
                    operation='UPDATE OF "alt"',
                    pgid="pgtrigger_shown_picture_stays_described_0047b",
                    table="articles_archiveimage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_body_pictures",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE shown bigint[];",
                    func="\n    IF TG_OP = 'UPDATE' AND OLD.body = NEW.body THEN\n        RETURN NULL;\n    END IF;\n    shown := ARRAY(\n    SELECT DISTINCT figure[1]::bigint FROM regexp_matches(\n        NEW.body, '<figure\\s[^>]*data-picture=\"([0-9]{1,18})\"', 'g'\n    ) AS figure\n);\n    DELETE FROM articles_bodypicture WHERE article_id = NEW.id AND image_id <> ALL (shown);\n    -- The lock lets a picture that is being deleted at this moment go first.\n    INSERT INTO articles_bodypicture (article_id, image_id)\n        SELECT NEW.id, i.id FROM articles_archiveimage i WHERE i.id = ANY (shown)\n            ORDER BY i.id FOR KEY SHARE\n        ON CONFLICT DO NOTHING;\n    RETURN NULL;\n    ",
                    hash="b14e784330126c6d4e440696c93d44915f7c9481",
                    operation='INSERT OR UPDATE OF "body"',
                    pgid="pgtrigger_keep_body_pictures_54e8b",
                    table="articles_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="pictures_are_described",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE shown bigint[]; undescribed bigint;",
                    func="\n    IF NEW.status IN ('scheduled', 'published') THEN\n        shown := ARRAY(SELECT image_id FROM articles_bodypicture WHERE article_id = NEW.id)\n            || NEW.image_id;\n        PERFORM FROM articles_archiveimage WHERE id = ANY (shown) ORDER BY id FOR SHARE;\n        SELECT id INTO undescribed FROM articles_archiveimage\n            WHERE id = ANY (shown) AND alt = '' ORDER BY id LIMIT 1;\n        IF FOUND THEN \n    RAISE EXCEPTION 'picture % is shown by a story and has no description', undescribed\n        USING ERRCODE = 'check_violation';\n END IF;\n    END IF;\n    RETURN NULL;\n    ",
                    hash="3a126094c7eb036d5a5829f555a4167b6c43feb9",
                    operation='INSERT OR UPDATE OF "status", "image_id"',
                    pgid="pgtrigger_pictures_are_described_0dfcd",
                    table="articles_article",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveimage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(models.F("alt"), ""),
                    django.db.models.lookups.Regex(
                        models.F("alt"),
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u0640\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    ),
                    _connector="OR",
                ),
                name="archiveimage_alt_empty_or_readable",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveimage",
            constraint=models.CheckConstraint(
                condition=models.Q(("focal_x__range", (0, 100)), ("focal_y__range", (0, 100))),
                name="archiveimage_focal_point_in_the_picture",
                violation_error_message="The focal point lies in the picture: 0 to 100 percent.",
            ),
        ),
        migrations.AddField(
            model_name="bodypicture",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="body_pictures",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="bodypicture",
            name="image",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="body_pictures",
                to="articles.archiveimage",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodypicture",
            constraint=models.UniqueConstraint(
                fields=("article", "image"), name="bodypicture_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bodypicture",
            trigger=pgtrigger.compiler.Trigger(
                name="shown_with_a_description",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE undescribed bigint;",
                    func="\n                IF EXISTS (\n                    SELECT FROM articles_article\n                        WHERE id = NEW.article_id AND status IN ('scheduled', 'published')\n                ) THEN\n                    PERFORM FROM articles_archiveimage WHERE id = NEW.image_id FOR SHARE;\n                    SELECT id INTO undescribed FROM articles_archiveimage\n                        WHERE id = NEW.image_id AND alt = '';\n                    IF FOUND THEN \n    RAISE EXCEPTION 'picture % is shown by a story and has no description', undescribed\n        USING ERRCODE = 'check_violation';\n END IF;\n                END IF;\n                RETURN NULL;\n                ",
                    hash="d7b625a0704efdcdc64b3e64f7f1532ef7495b02",
                    operation="INSERT",
                    pgid="pgtrigger_shown_with_a_description_7a696",
                    table="articles_bodypicture",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="archiveimage",
            name="search_index",
            field=indexed(
                [
                    ("alt", "A"),
                    ("keywords", "B"),
                    ("people", "B"),
                    ("caption", "C"),
                    ("credit", "D"),
                    ("source", "D"),
                ]
            ),
        ),
        migrations.AddIndex(
            model_name="archiveimage",
            index=GinIndex(fields=["search_index"], name="archiveimage_search"),
        ),
        # PostgreSQL cannot change the expression of a generated column.
        migrations.RemoveIndex(model_name="article", name="article_search"),
        migrations.RemoveField(model_name="article", name="search_index"),
        migrations.AddField(
            model_name="article",
            name="search_index",
            field=indexed([("title", "A"), ("subtitle", "B"), ("excerpt", "C"), ("body", "D")]),
        ),
        migrations.AddIndex(
            model_name="article",
            index=GinIndex(fields=["search_index"], name="article_search"),
        ),
        migrations.AddField(model_name="tag", name="search_index", field=indexed([("name", "A")])),
        migrations.AddIndex(
            model_name="tag", index=GinIndex(fields=["search_index"], name="tag_search")
        ),
    ]
