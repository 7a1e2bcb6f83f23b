"""The desk of the articles as its tests use it: its addresses, and the errors on its forms."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_{page}", args=args)


def errors_of(response: HttpResponse) -> dict[str, Any]:
    assert response.status_code == 200, response.status_code
    return dict(response.context["adminform"].form.errors)


def told(response) -> dict[str, list[tuple[str, str]]]:
    """What the page of a conflict says of each field: what went and what came."""
    return {
        field.name: [
            (run.kind.value, run.text)
            for block in field.blocks
            for run in block.runs
            if run.kind != "equal"
        ]
        for field in response.context["difference"]
    }
