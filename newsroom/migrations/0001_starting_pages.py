"""The static pages that every new paper begins with; one that was deleted never comes back."""

from django.db import migrations

from newsroom import starting_pages


def make(apps, schema_editor):
    starting_pages.make(apps.get_model("articles", "StaticPage"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_static_pages")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
