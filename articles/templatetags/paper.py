"""What is known of the paper without a context and without the database."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def paper_name() -> str:
    name: str = settings.SITE_NAME
    return name
