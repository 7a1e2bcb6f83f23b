"""The checks of Schemathesis, where one has to know what no schema can say. It loads this file."""

from typing import Any

import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

# Whether there is such a row only the database knows; what a comment may say, only the policy and
# the rules; which domains there can be, only the registries. A 400 names these, and nothing else.
_KNOWN_TO_THE_PAPER_ALONE = {
    *("category", "tag", "byline", "cursor", "parent"),
    *("body", "email", "website"),
}
# What the forms of the desk refuse: blank titles, other rows, files that are no picture.
_KNOWN_TO_THE_DESK_ALONE = {
    *("title", "byline", "category", "categories", "tags", "slug", "image", "cursor"),
    *("file", "taken_on", "keywords", "people", "since", "until"),
}


@schemathesis.check
def what_the_schema_allows_is_taken(ctx: Any, response: Any, case: Any) -> bool | None:
    """`positive_data_acceptance`, for all that the schema can say."""
    is_of_the_desk = "/desk/" in case.path
    known = _KNOWN_TO_THE_DESK_ALONE if is_of_the_desk else _KNOWN_TO_THE_PAPER_ALONE
    if response.status_code == 400 and set() < {*response.json()} <= known:
        return None
    return positive_data_acceptance(ctx, response, case)
