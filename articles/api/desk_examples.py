"""What the schema of the API shows as examples to programs of the newsroom."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

from articles.api.examples import ARTICLE, IMAGE, full

DRAFT: dict[str, Any] = {
    "title": ARTICLE["title"],
    "subtitle": ARTICLE["subtitle"],
    "byline": ARTICLE["byline"],
    "body": "<p>لم تدم المطرة الأولى أكثر من أربعين دقيقة.</p>",
    "excerpt": "نصف المصارف فاض بعد منتصف الليل.",
    "image": 41,
    "image_caption": "",
    "no_image_reason": "",
    "category": "services",
    "categories": ["local"],
    "tags": ["مطر", "طرقات"],
    "slug": "",
    "language": "ar",
    "comments_open": True,
}
CHANGE = {"title": "المطرة الأولى تختبر مصارف الميناء", "revision": 118}
STORY_IN_LIST = {
    "id": ARTICLE["id"],
    "title": ARTICLE["title"],
    "slug": ARTICLE["slug"],
    "status": "draft",
    "owner": "writer",
    "published_at": None,
    "publish_at": None,
    "updated_at": ARTICLE["updated_at"],
}
STORY = {
    **STORY_IN_LIST,
    **DRAFT,
    "slug": ARTICLE["slug"],
    "revision": 118,
    "missing": [],
    "desk": full("/admin/articles/article/32/change/"),
}
SUBMISSION = {"note": "أضفت رقم البلدية."}
UPLOAD = {
    "file": "file.jpg",
    "alt": IMAGE["alt"],
    "caption": IMAGE["caption"],
    "credit": IMAGE["credit"],
    "source": "",
    "keywords": "مطر، طرقات",
    "people": "",
    "taken_on": "2026-11-15",
    "is_archive": False,
}
PICTURE = {"id": 41, **IMAGE, **{name: UPLOAD[name] for name in UPLOAD if name != "file"}}
KEPT_ALREADY = {
    "detail": "هذه الصورة في الأرشيف من قبل: «مارة بمظلات ملونة». اخترها من هناك.",
    "image": 41,
}


def sent(name: str, value: Any) -> OpenApiExample:
    """What is sent."""
    return OpenApiExample(name, value=value, request_only=True)
