"""The REST API as a whole: where the apps' parts of it are put together, and what all answer."""

from typing import Any

from rest_framework.routers import DefaultRouter

from articles.api.drafts import StoryViewSet
from articles.api.endpoints import CategoryViewSet, ImageViewSet, TagViewSet
from articles.api.pictures import PictureViewSet
from comments.api.endpoints import ArticleWithCommentsViewSet
from comments.api.queue import QueueViewSet

router = DefaultRouter()
router.register("articles", ArticleWithCommentsViewSet, basename="article")
router.register("categories", CategoryViewSet, basename="category")
router.register("tags", TagViewSet, basename="tag")
router.register("images", ImageViewSet, basename="image")
router.register("desk/articles", StoryViewSet, basename="desk-article")
router.register("desk/images", PictureViewSet, basename="desk-image")
router.register("desk/comments", QueueViewSet, basename="desk-comment")

_TEXT = {"type": "string"}
_ERRORS = {
    "Refused": {
        "type": "object",
        "description": "What is wrong, by the name of the parameter or field; `detail` of all.",
        "properties": {"detail": _TEXT},
        "additionalProperties": {"type": "array", "items": _TEXT},
        "example": {"page_size": ["عدد صحيح من 1 إلى 100."]},
    },
    "Error": {
        "type": "object",
        "required": ["detail"],
        "properties": {"detail": _TEXT},
        "example": {"detail": "غير موجود."},
    },
}
_OF_READING = {"304": ("Unchanged: the client has these very bytes.", None)}
_OF_ALL = {
    "400": ("An unknown parameter or value.", "Refused"),
    "406": ("Another format than JSON was asked for.", "Error"),
    "429": ("Too many; `Retry-After` says in how many seconds to try again.", "Error"),
}
_OF_AN_ARTICLE = {
    "301": ("The article has another address now; `Location` says which.", None),
    "404": ("No such article is published.", "Error"),
    "410": ("The article was retracted.", "Error"),
}


def document_errors(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """The schema with the answers that come of every operation of a kind, beside its own."""
    result.setdefault("components", {}).setdefault("schemas", {}).update(_ERRORS)
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            answers = _OF_ALL | (_OF_AN_ARTICLE if "{slug}" in path else {})
            answers |= _OF_READING if method == "get" else {}
            for status, (description, schema) in answers.items():
                operation["responses"].setdefault(status, _answer(description, schema))
            operation["responses"] = dict(sorted(operation["responses"].items()))
    return result


def _answer(description: str, schema: str | None) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": description}
    if schema:
        reference = {"$ref": f"#/components/schemas/{schema}"}
        answer["content"] = {"application/json": {"schema": reference}}
    return answer
