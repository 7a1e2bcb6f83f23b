"""What moderators read of the rules: a short name, and why a comment was held.

The names of the rules are kept with decisions and comments, so no name is ever taken away here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULE_LABELS: dict[str, Promise] = {
    "flood": _("too many at once"),
    "length": _("length"),
    "repeated": _("repeated text"),
    "trap": _("hidden field"),
    "banned": _("banned commenter"),
    "words": _("listed word"),
    "danger": _("danger to the writer"),
    "links": _("links"),
    "shouting": _("shouting"),
    "newcomer": _("newcomer"),
    "everything": _("every comment is held"),
    "passed": _("no rule objected"),
    "withdrawn_by_commenter": _("withdrawn by the commenter"),
    "name_taken_back": _("name taken back by the commenter"),
    "forgotten_at_own_wish": _("forgotten at the commenter's wish"),
}

EXPLANATIONS: dict[str, Promise] = {
    "flood": _("More came from one sender than the policy allows."),
    "length": _("The text is shorter or longer than the policy allows."),
    "repeated": _("The same text came in within the past day, from whomever."),
    "trap": _("A field that people do not see was filled in, as programs do."),
    "banned": _("The moderators have banned this commenter."),
    "words": _("A word of the newsroom's list stands in it."),
    "danger": _(
        "It holds what leads to a person: a telephone number, an address or an identity number."
    ),
    "links": _("It holds more links than the policy lets through, or a link written as markup."),
    "shouting": _("Letters, signs or capitals flood it, or characters turn its text around."),
    "newcomer": _("Nothing by this commenter has been approved yet."),
    "everything": _("The policy holds every comment until a moderator has read it."),
    "passed": _("No rule found a reason to hold it."),
    "withdrawn_by_commenter": _("Its writer took it back with the receipt."),
    "name_taken_back": _("Its writer put “a reader” in place of the name with the receipt."),
    "forgotten_at_own_wish": _("Its writer asked the newsroom to forget them."),
}

# The words that rules note with a finding; a listed word is noted as it is listed.
NOTES: dict[str, Promise] = {
    "failed": _("this rule broke down; look for yourself"),
    "phone": _("telephone number"),
    "email": _("e-mail address"),
    "id_number": _("identity number"),
    "postal_address": _("postal address"),
    "markup": _("link as markup"),
    "direction": _("text turned around"),
    "letters": _("letters repeated"),
    "tatweel": _("letters stretched"),
    "marks": _("marks piled on letters"),
    "exclamation": _("exclamation marks"),
    "signs": _("signs repeated"),
    "capitals": _("capitals"),
    "emoji": _("emoji"),
}
