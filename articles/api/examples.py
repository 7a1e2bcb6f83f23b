"""What the schema of the API shows as examples: one story of the paper, and what belongs to it."""

from typing import Any

from django.utils.encoding import iri_to_uri
from drf_spectacular.utils import OpenApiExample

_DIGEST = "64c523d3cc1151d3e0c58bbffa471bf9e898184146613999e2775aa6368e6702"
_LOCAL = {"slug": "local", "name": "محليات"}
_SERVICES = {"slug": "services", "name": "خدمات"}
_RAIN = {"slug": "مطر", "name": "مطر"}


def full(path: str) -> str:
    """The address of a page or a file of the example's paper."""
    return f"https://paper.example{iri_to_uri(path)}"


def _rendition(width: int, media_type: str) -> dict[str, Any]:
    return {
        "url": full(f"/media/renditions/64/{_DIGEST}-{width}.{media_type}"),
        "width": width,
        "height": width * 9 // 16,
        "format": media_type,
    }


IMAGE = {
    "url": full(f"/media/renditions/64/{_DIGEST}-1280.jpeg"),
    "width": 1600,
    "height": 900,
    "alt": "مارة بمظلات ملونة في شارع مبلل مساءً.",
    "caption": "شارع الميناء تحت المطر",
    "credit": "أرشيف الجريدة",
    "is_archive": True,
    "renditions": [_rendition(320, "avif"), _rendition(320, "jpeg"), _rendition(960, "jpeg")],
}
ARTICLE: dict[str, Any] = {
    "id": 32,
    "slug": "المطرة-الأولى-تختبر-مصارف-شارع-الميناء",
    "url": full("/articles/المطرة-الأولى-تختبر-مصارف-شارع-الميناء/"),
    "title": "المطرة الأولى تختبر مصارف شارع الميناء",
    "subtitle": "نصف المصارف فاض بعد منتصف الليل",
    "byline": "قسم المحليات",
    "excerpt": "لم تدم المطرة الأولى أكثر من أربعين دقيقة، لكنها كانت كافية …",
    "published_at": "2026-11-16T05:30:00Z",
    "updated_at": "2026-11-16T09:12:44.120318Z",
    "language": "ar",
    "category": {**_SERVICES, "path": [_LOCAL, _SERVICES]},
    "categories": [_LOCAL],
    "tags": [_RAIN],
    "image": IMAGE,
}
RELATED: dict[str, Any] = {
    **ARTICLE,
    "id": 27,
    "slug": "البلدية-تنظف-المصارف-قبل-الشتاء",
    "url": full("/articles/البلدية-تنظف-المصارف-قبل-الشتاء/"),
    "title": "البلدية تنظف المصارف قبل الشتاء",
    "subtitle": "",
    "excerpt": "بدأت ورش البلدية تنظيف ستة عشر مصرفاً على امتداد شارع الميناء.",
    "published_at": "2026-10-02T06:00:00Z",
    "updated_at": "2026-10-02T06:00:00Z",
    "image": None,
}
ARTICLE_IN_FULL: dict[str, Any] = {
    **ARTICLE,
    "body": "<p>لم تدم المطرة الأولى أكثر من أربعين دقيقة.</p>",
    "related": [RELATED],
}
CATEGORY = {
    **_SERVICES,
    "path": [_LOCAL, _SERVICES],
    "url": full("/category/services/"),
}
TAG = {**_RAIN, "url": full("/tag/مطر/")}


def example(name: str, value: Any) -> OpenApiExample:
    """What an answer of success shows; of a list, one of its rows."""
    return OpenApiExample(name, value=value, response_only=True)
