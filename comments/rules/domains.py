"""What hosts on the Internet end in, and the pattern of a bare host in a text. A leaf.

The patterns are for folded text (`articles.arabic.fold`). Not the whole list of IANA: what is a
word besides would be found wherever somebody leaves out the blank after a full stop.
"""

_TOP_LEVEL = (
    "com net org info biz edu gov mil int pro mobi tel coop aero museum asia app dev online site"
    " store shop xyz top club news blog click website tech cloud agency email tube vip icu buzz"
    " cyou monster quest sbs cfd lol xxx porn casino"
    " io co tv cc ly gl gd fm ws nu tk ml ga cf gq pw"
    " sy lb jo iq ps eg sa ae kw qa bh om ye sd ma dz tn mr dj km tr ir il cy gr fr uk nl ch se dk"
    " fi pt pl cz ru ua ro bg hu rs hr eu ca mx br ar cl au nz jp cn kr hk tw sg th vn ph pk bd lk"
    " np af az ge kz uz ke ng gh za tz"
    " موقع شبكه بازار كوم"
)
# These are words too: a host that ends in one counts with its path alone, as in `t.me/name`.
_WORDS = (
    "me to is in it so no be at as am my us do by de es la et id ai name work live today world life"
    " win fun rest support group chat space media press video link jobs travel digital bid loan bet"
    " sex عرب سوريه مصر الاردن فلسطين السعوديه امارات قطر عمان تونس المغرب الجزائر العراق السودان"
    " اليمن موريتانيا البحرين ليبيا"
)


def _one_of(names: str) -> str:
    return "|".join(sorted(names.split(), key=len, reverse=True))


TOP_LEVEL = _one_of(_TOP_LEVEL) + "|xn--[a-z0-9-]+"
_WITH_PATH = _one_of(f"{_TOP_LEVEL} {_WORDS}") + "|xn--[a-z0-9-]+"

LABEL = r"[\w-]{1,63}"
_PATH = r"(?::\d{1,5})?[/?#][^\s<>\"'\]]*"
# Neither a part of a longer name nor what follows the @ of an address.
BARE_HOST = (
    rf"(?<![\w@.-])(?:{LABEL}\.){{1,20}}"
    rf"(?:(?:{_WITH_PATH}){_PATH}|(?:{TOP_LEVEL})(?![\w@-]))"
)
ADDRESS = rf"(?:h[tx]{{2}}ps?|ftp)://[^\s<>\"'\]]+|(?<!\w)www\.[^\s<>\"'\]]+|{BARE_HOST}"
