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
