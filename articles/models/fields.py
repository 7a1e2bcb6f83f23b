"""The column of a story's body."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django_prose_editor.fields import ProseEditorField

from articles import editor, html


class RichTextField(ProseEditorField):
    """HTML that is sanitised on every way to the database: save, bulk_create, update alike.

    `extensions` are the parts of the text editor that its form has.
    """

    def __init__(
        self, *args: Any, extensions: dict[str, Any] = editor.EXTENSIONS, **kwargs: Any
    ) -> None:
        super().__init__(*args, extensions=extensions, sanitize=html.clean, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = html.clean(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = html.clean(value)
        return super().get_db_prep_save(value, connection)
