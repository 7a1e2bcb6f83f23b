"""What every operation of a kind answers, as the schema of the API tells it beside its own answers.

An answer that further operations give is one more table, and one more line in `answers_of`.
"""

from dataclasses import dataclass
from typing import Any

_TEXT = {"type": "string"}

SCHEMAS: dict[str, Any] = {
    "ValidationError": {
        "type": "object",
        "description": "What is wrong, by the name of the parameter or field; `detail` of all.",
        "properties": {"detail": _TEXT | {"description": "What is wrong with all of it."}},
        "additionalProperties": {"type": "array", "items": _TEXT},
    },
    "Error": {
        "type": "object",
        "description": "Why there is no other answer.",
        "required": ["detail"],
        "properties": {
            "detail": _TEXT | {"description": "A sentence for people, in the site's language."}
        },
    },
}
HEADERS: dict[str, Any] = {
    "ETag": {
        "description": "Names these very bytes; send it back as `If-None-Match`.",
        "required": True,
        "schema": _TEXT,
        "example": 'W/"96bc58f86e15335f346d3feabbd6bcc3"',
    },
    "Last-Modified": {
        "description": "Since when the answer is the same; told from the second time on.",
        "schema": _TEXT,
        "example": "Mon, 16 Nov 2026 09:12:45 GMT",
    },
    "Link": {
        "description": "The pages beside this one (RFC 8288), `next` and `prev`, where there are.",
        "schema": _TEXT,
        "example": '<https://paper.example/api/v1/images/?cursor=WzAsICI0MSJd>; rel="next"',
    },
    "Location": {
        "description": "The address that it has now.",
        "required": True,
        "schema": _TEXT | {"format": "uri-reference"},
        "example": "/api/v1/articles/32/",
    },
    "WWW-Authenticate": {
        "description": "How to come in.",
        "required": True,
        "schema": _TEXT,
        "example": "Bearer",
    },
    "Retry-After": {
        "description": "After how many seconds to try again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
        "example": 30,
    },
}


@dataclass(frozen=True)
class Answer:
    """What is said of one status: the schema and the headers by their names."""

    description: str
    schema: str = ""
    example: Any = None
    headers: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """As OpenAPI writes it."""
        told: dict[str, Any] = {"description": self.description}
        if self.headers:
            told["headers"] = header_references(*self.headers)
        if self.schema:
            schema = {"$ref": f"#/components/schemas/{self.schema}"}
            content = {"schema": schema, "example": self.example}
            told["content"] = {"application/json": content}
        return told


def header_references(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _error(description: str, detail: str, *headers: str) -> Answer:
    return Answer(description, "Error", {"detail": detail}, headers)


_OF_ALL = {
    "400": Answer(
        "An unknown parameter, or a value that is none.",
        "ValidationError",
        {"page_size": ["عدد صحيح من 1 إلى 100."]},
    ),
    "406": _error("Another format than JSON was asked for.", "تعذر تلبية ترويسة Accept في الطلب."),
    "429": _error(
        "Too many requests.",
        "طلباتك كثيرة في وقت قصير. انتظر قليلاً ثم أعد المحاولة.",
        "Retry-After",
    ),
}
_OF_READING = {"304": Answer("Unchanged: you have these very bytes.", headers=("ETag",))}
_OF_SENDING = {
    "400": Answer(
        "No JSON, or a value that cannot be taken.",
        "ValidationError",
        {"email": ["أدخل عنوان بريد إلكتروني صحيحاً."]},
    ),
    "415": _error(
        "Something else was sent than is taken here.",
        'الوسيط "text/plain" الموجود في الطلب غير معتمد.',
    ),
}
_OF_THE_DESK = {
    "401": _error(
        "No token, or one that opens nothing.",
        "هذا الرمز لا يفتح شيئاً. أنشئ رمزاً جديداً في مكتب التحرير.",
        "WWW-Authenticate",
    ),
    "403": _error(
        "The token is not good for that, or its account may not do it.",
        "هذا الرمز لا يصلح لذلك.",
    ),
}
_OF_ONE_AT_THE_DESK = {"404": _error("No such thing that the account may see.", "غير موجود.")}
_OF_WRITING_AT_THE_DESK = {
    "409": _error(
        "It cannot be done with the thing as it stands now; nothing was done.",
        "لم يُحفظ شيء: غُيّر هذا المقال بعد أن فتحته.",
    ),
}
_OF_AN_ARTICLE = {
    "404": _error("No such article is published.", "غير موجود."),
    "410": _error("The article was retracted.", "سُحب هذا المقال من النشر."),
}
_MOVED = Answer("The article has another address now.", headers=("Location",))
_OF_A_CLOSED_DISCUSSION = {
    "403": _error("The discussion takes no comments.", "التعليق على هذا المقال مغلق."),
}


def answers_of(path: str, method: str) -> dict[str, Answer]:
    """What an operation answers beside its own, by status."""
    is_read = method == "get"
    answers = _OF_ALL | (_OF_READING if is_read else _OF_SENDING)
    if "/articles/{slug}/" in path:
        answers |= _OF_AN_ARTICLE | {"301" if is_read else "308": _MOVED}
    if path.endswith("/comments/") and not is_read:
        answers |= _OF_A_CLOSED_DISCUSSION
    if "/desk/" in path:
        answers |= _OF_THE_DESK | (_OF_ONE_AT_THE_DESK if "{id}" in path else {})
        answers |= {} if is_read else _OF_WRITING_AT_THE_DESK
    return answers
