"""Sends every form that stands on a page, once for each of its buttons, as somebody would."""

import re
from collections.abc import Callable, Iterator

from newsroom.leaks.addresses import own_address, view_of
from newsroom.leaks.canaries import Canary
from newsroom.leaks.markup import Field, Form
from newsroom.leaks.visiting import Answer, Visitor

_TEXT = {"text", "textarea", "search"}
_ADDRESSES = {"email", "address"}
_WORDS = "كُتب لتجربة النماذج"
# They end the walk, or change the accounts with which it is done.
_UNSENT_VIEWS = ("logout", "login", "_delete", "password_change")
_ACCOUNTS = "admin:auth_"


class FormSender:
    """Fills and sends forms; those of the same kind and button only once in a scan."""

    def __init__(self, typed: Callable[[str], Canary], private_key: str) -> None:
        """`typed` tells whose address to type, given the view that asks for one.

        `private_key` opens the addresses that are sealed in this scan.
        """
        self._typed = typed
        self._private_key = private_key
        self._sent: set[tuple[str, frozenset[str], str, str]] = set()

    def send(self, visitor: Visitor, shown: Answer) -> Iterator[tuple[Canary | None, Answer]]:
        """Send the forms of an answer; each answer, and whose address was typed for it."""
        for form in shown.page.forms:
            address = own_address(form.action or shown.address, shown.address)
            if form.method != "post" or address is None or not is_harmless(form, address):
                continue
            for name, value in _buttons(form):
                kind = (view_of(address), form.names, name, re.sub(r"\d+", "#", value))
                if kind not in self._sent:
                    self._sent.add(kind)
                    yield self._send(visitor, form, address, {name: value} if name else {})

    def _send(
        self, visitor: Visitor, form: Form, address: str, button: dict[str, str]
    ) -> tuple[Canary | None, Answer]:
        canary = None
        if any(_asks_for_an_address(each) for each in form.fields):
            canary = self._typed(view_of(address))
        sent: dict[str, list[str]] = {}
        for each in form.sent():
            sent.setdefault(each.name, []).append(self._filled(each, canary))
        return canary, visitor.post(address, {**sent, **button})

    def _filled(self, control: Field, canary: Canary | None) -> str:
        if canary is not None and _asks_for_an_address(control):
            return canary.address
        if control.kind == "password":
            return self._private_key
        if control.kind in _TEXT and control.is_required and not control.value:
            return _WORDS
        if control.kind == "select" and control.is_required and not control.value:
            return next((choice for choice in control.choices if choice), "")
        return control.value


def is_harmless(form: Form, address: str) -> bool:
    """Whether the walk can go on after it: it deletes nothing, and changes no account of staff."""
    view = view_of(address)
    is_final = "post" in form.names or view.endswith(_UNSENT_VIEWS)
    return not is_final and not view.startswith(_ACCOUNTS)


def _buttons(form: Form) -> list[tuple[str, str]]:
    """What the form can be sent with: its buttons, or each entry of its menu of actions."""
    for each in form.fields:
        if each.name == "action" and each.choices:
            return [("action", choice) for choice in each.choices if choice]
    return form.buttons


def _asks_for_an_address(control: Field) -> bool:
    named = any(word in control.name.lower() for word in _ADDRESSES)
    return control.kind == "email" or (control.kind in _TEXT and named)
