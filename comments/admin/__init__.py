"""The moderators' desk. No page of it shows an address, or anything made from one."""

from comments.admin import commenters, policy, queue, record, words

__all__ = ["commenters", "policy", "queue", "record", "words"]
