"""The words of postal addresses, as they are when they are folded (`articles.arabic.fold`)."""

HOME = "home"

_WORDS = {
    HOME: (
        "اسكن ساكن ساكنه نسكن مسكني عنواني عنوانه عنوانها عنوانهم بيتي بيتنا بيته بيتها منزلي منزله"
        " منزلها مقيم مقيمه اقيم يسكن تسكن يقيم تقيم live lives address"
    ),
    "street": "شارع جاده زقاق دخله اوتوستراد street st road rd avenue ave lane boulevard blvd",
    "quarter": "حي حاره محله ضاحيه district",
    "building": "بنايه بناء بنا عماره مبني برج بلوك building bldg block",
    "house": "منزل بيت دار فيلا house villa",
    "flat": "شقه apartment apt flat",
    "floor": "طابق ط دور floor",
    "entrance": "مدخل entrance",
    "plot": "قطعه محضر جزيره مقسم plot",
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PREFIXES = ("", "ال", "وال", "بال", "فال", "لل", "و", "ب", "ف", "ل")

# What is narrower than a street: its number leads to a door.
NARROWER = frozenset({"building", "house", "flat", "floor", "entrance", "plot"})
STREETS_OF_ENGLISH = _set("street st road rd avenue ave lane boulevard blvd")
LINKS = _set("رقم رقمه رقمها no nr number")
ORDINALS = _set(
    "الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الارضي الاخير"
    " اول ثاني ثالث رابع خامس سادس سابع ارضي"
)
# What stands between the parts of an address, or after the last of them.
RELATIONS = _set(
    "في من علي الي عند مقابل قرب قريب جانب بجانب خلف امام فوق تحت جنب بجوار ضمن"
    " in on at near of opposite behind"
    " هاتف تلفون جوال موبايل phone tel mobile"
)
# Buildings are built, verses and roles are counted, and a tower is a sign of the zodiac.
AMBIGUOUS = _set("بناء بنا بيت دار دور برج منزل قطعه مدخل جزيره البناء البيت الدار")

_KIND_OF = {
    prefix + word: kind
    for kind, words in _WORDS.items()
    for word in words.split()
    for prefix in (_PREFIXES if not word.isascii() else ("",))
}


def kind_of(word: str) -> str:
    """What a word stands for in an address; empty for most words."""
    return _KIND_OF.get(word, "")
