import articles.models.picture_fields
import datetime
import django.core.validators
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Concat, Left


# Something else than blanks, invisible characters and marks.
READABLE = (
    r"[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u0640\u115f\u1160\u1680\u17b4\u17b5\u180b"
    r"-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff"
    r"\uffa0\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-"
    r"\u061a\u0640\u064b-\u065f\u0670\u0674\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0883-"
    r"\u0885\u0898-\u089f\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufbb2-\ufbc2"
    r"\ufc5e-\ufc63\ufcf2-\ufcf4\ufe20-\ufe2f\ufe70-\ufe7f]"
)
# On this circle Unicode shows a mark that stands by itself.
CIRCLE = "◌"


def mend(apps, schema_editor):
    """Make readable what was taken so far, and forget days before there were photographs."""
    # What triggers keep at commit would stand in the way of the new constraints.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    texts = {
        **{"Article": "title", "Byline": "name", "Category": "name", "Tag": "name"},
        **{"ArchiveImage": "alt", "Correction": "text"},
    }
    # The words of a correction never change, for all others.
    schema_editor.execute("ALTER TABLE articles_correction DISABLE TRIGGER USER")
    for model, field in texts.items():
        rows = apps.get_model("articles", model)._base_manager.exclude(**{field: ""})
        lone = rows.exclude(**{f"{field}__regex": READABLE})
        longest = rows.model._meta.get_field(field).max_length
        lone.update(**{field: Left(Concat(models.Value(CIRCLE), field), longest)})
    schema_editor.execute("ALTER TABLE articles_correction ENABLE TRIGGER USER")
    images = apps.get_model("articles", "ArchiveImage")._base_manager
    images.filter(taken_on__lt=datetime.date(1826, 1, 1)).update(taken_on=None)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_previews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="archiveimage",
            name="archiveimage_file_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="archiveimage",
            name="archiveimage_alt_empty_or_readable",
        ),
        migrations.RemoveConstraint(
            model_name="article",
            name="article_title_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="article",
            name="article_public_only_when_complete",
        ),
        migrations.RemoveConstraint(
            model_name="byline",
            name="byline_name_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="category",
            name="category_name_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="correction",
            name="correction_text_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="tag",
            name="tag_name_not_blank",
        ),
        migrations.RunPython(mend, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="archiveimage",
            name="focal_x",
            field=models.PositiveSmallIntegerField(
                blank=True,
                db_default=50,
                default=50,
                help_text="Percent of the width. Cut shapes keep this point.",
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "The focal point lies in the picture: 0 to 100 percent."
                    ),
                    django.core.validators.MaxValueValidator(
                        100, "The focal point lies in the picture: 0 to 100 percent."
                    ),
                ],
                verbose_name="focal point, from the left",
            ),
        ),
        migrations.AlterField(
            model_name="archiveimage",
            name="focal_y",
            field=models.PositiveSmallIntegerField(
                blank=True,
                db_default=50,
                default=50,
                help_text="Percent of the height. Cut shapes keep this point.",
                validators=[
                    django.core.validators.MinValueValidator(
                        0, "The focal point lies in the picture: 0 to 100 percent."
                    ),
                    django.core.validators.MaxValueValidator(
                        100, "The focal point lies in the picture: 0 to 100 percent."
                    ),
                ],
                verbose_name="focal point, from the top",
            ),
        ),
        migrations.AlterField(
            model_name="archiveimage",
            name="taken_on",
            field=models.DateField(
                blank=True,
                null=True,
                validators=[articles.models.picture_fields.validate_day_of_a_photograph],
                verbose_name="taken on",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveimage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "file__regex",
                        READABLE,
                    )
                ),
                name="archiveimage_file_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveimage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(models.F("alt"), ""),
                    django.db.models.lookups.Regex(
                        models.F("alt"),
                        READABLE,
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
                condition=models.Q(
                    ("taken_on__isnull", True),
                    ("taken_on__gte", datetime.date(1826, 1, 1)),
                    _connector="OR",
                ),
                name="archiveimage_taken_since_there_are_photographs",
                violation_error_message="This day cannot be right: the first photograph is of 1826, and none is of a day to come.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "title__regex",
                        READABLE,
                    )
                ),
                name="article_title_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("draft", "in_review")),
                    models.Q(
                        django.db.models.lookups.Regex(
                            models.Func(
                                "body",
                                models.Value("<[^>]*>|&nbsp;"),
                                models.Value(""),
                                models.Value("g"),
                                function="regexp_replace",
                                output_field=models.TextField(),
                            ),
                            READABLE,
                        ),
                        models.Q(
                            ("status", "scheduled"),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        ("byline__isnull", False),
                        ("category__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="article_public_only_when_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="byline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "name__regex",
                        READABLE,
                    )
                ),
                name="byline_name_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "name__regex",
                        READABLE,
                    )
                ),
                name="category_name_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "text__regex",
                        READABLE,
                    )
                ),
                name="correction_text_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "name__regex",
                        READABLE,
                    )
                ),
                name="tag_name_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
    ]
