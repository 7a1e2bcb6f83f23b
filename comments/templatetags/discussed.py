"""`{% most_discussed %}`: the stories that readers talk about this week, on the readers' pages."""

from typing import Any

from django import template

from articles.models import Article
from comments import discussed

MOST_SHOWN = 5

register = template.Library()


@register.inclusion_tag("comments/most_discussed.html")
def most_discussed(article: Article | None = None) -> dict[str, Any]:
    """The most discussed stories, beside the one on whose page they stand; nothing for none."""
    return {"discussed": discussed.most_discussed(most=MOST_SHOWN, without=article)}
