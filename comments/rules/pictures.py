"""Emoji in a text. A leaf."""

import re

_SIGN = (
    "[\u203c\u2049\u2122\u2139\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa"
    "\U0001f400-\U0001faff]"
)
_DRESS = "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"

# One emoji as it is seen: with its skin, and with all that a joiner adds to it.
PICTURE = re.compile(f"{_FLAG}|{_SIGN}{_DRESS}*(?:\u200d{_SIGN}{_DRESS}*)*")
