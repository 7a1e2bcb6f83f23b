"""What the schema of the API shows as examples to moderators' programs."""

from articles.api.examples import ARTICLE

QUEUED = {
    "id": 88,
    "article": {name: ARTICLE[name] for name in ("id", "slug", "title")},
    "parent": 87,
    "name": "سامر",
    "website": "",
    "body": "والمصارف الباقية؟ راسلوني لأشرح.",
    "status": "pending",
    "revision": 0,
    "submitted_at": "2026-11-16T10:02:11.401733Z",
    "commenter": {"id": 19, "name": "نورس هادئ 412", "standing": "ordinary"},
    "held_by": "newcomer",
    "reasons": [{"rule": "أول تعليق", "found": ""}],
    "reports": [{"reason": "other", "note": "مكرر", "at": "2026-11-16T10:40:00Z"}],
    "verdicts": ["approve", "reject", "spam", "trash"],
}
VERDICT = {"verdict": "approve", "status": "pending", "revision": 0, "reason": "سؤال في محله"}
DECISION = {
    "action": "status",
    "old": "pending",
    "new": "approved",
    "by": "moderator",
    "rule": "",
    "reason": "سؤال في محله",
    "at": "2026-11-16T11:00:05.120000Z",
}
