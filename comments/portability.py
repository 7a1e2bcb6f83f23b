"""All that is kept about one commenter, as values for JSON: what they are given when they ask.

Digests are left out: they stand for the address and say nothing else. So are the names of
moderators and the notes of readers who reported a comment, which are about other people.
"""

from typing import Any

from comments.models import Comment, Commenter, CommenterDecision, Decision
from comments.retention import kept_until


def all_about(commenter: Commenter) -> dict[str, Any]:
    """The commenter's standing, comments, decisions on both, and who came near the address."""
    comments = (
        commenter.comments.select_related("article")
        .prefetch_related("decisions", "reports")
        .order_by("pk")
    )
    return {
        "first_seen": commenter.first_seen,
        "standing": commenter.status,
        "sealed_address_kept_until": kept_until(commenter),
        "decisions": [_standing_decision(each) for each in commenter.decisions.order_by("pk")],
        "accesses_to_the_address": [
            {"what": each.kind, "reason": each.reason, "at": each.at}
            for each in commenter.accesses.order_by("pk")
        ],
        "comments": [_comment(each) for each in comments],
    }


def _standing_decision(decision: CommenterDecision) -> dict[str, Any]:
    return {
        "from": decision.old,
        "to": decision.new,
        "reason": decision.reason,
        "at": decision.at,
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.pk,
        "article": {"title": comment.article.title, "slug": comment.article.slug},
        "in_reply_to": comment.parent_id,
        "name": comment.name,
        "website": comment.website,
        "text": comment.body,
        "text_as_sent": comment.original_body or None,
        "status": comment.status,
        "submitted_at": comment.submitted_at,
        "edited_at": comment.edited_at,
        "held_by": comment.held_by,
        "findings": comment.findings,
        "reports": [
            {"reason": each.reason, "at": each.at}
            for each in sorted(comment.reports.all(), key=lambda report: report.pk)
        ],
        "decisions": [
            _decision(each)
            for each in sorted(comment.decisions.all(), key=lambda decision: decision.pk)
        ],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "what": decision.action,
        "from": decision.old,
        "to": decision.new,
        "by": decision.rule or "moderator",
        "reason": decision.reason,
        "at": decision.at,
    }
