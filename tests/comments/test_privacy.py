"""Addresses are sealed to a key that the server does not hold, and recognised by a keyed digest."""

import traceback
import unicodedata
from ipaddress import ip_address

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox

from comments import privacy

ADDRESS = "layla.private@example.org"


@pytest.fixture
def private_key(settings) -> str:
    """The private half of the pair that the settings hold the public half of."""
    private, settings.COMMENT_EMAIL_PUBLIC_KEY = privacy.generate_key_pair()
    return private


def test_only_the_private_key_opens_what_the_public_key_has_sealed(private_key, settings):
    sealed = privacy.seal(ADDRESS)
    another_private_key, _public = privacy.generate_key_pair()

    assert privacy.unseal(sealed, private_key) == ADDRESS
    with pytest.raises(CryptoError):
        privacy.unseal(sealed, another_private_key)
    with pytest.raises(CryptoError):
        privacy.unseal(sealed, settings.COMMENT_EMAIL_PUBLIC_KEY)


DOMAINS = [
    "example.org",
    "EXAMPLE.org",
    "مثال.إختبار",
    "straße.example",
    "xn--mgbh0fb.xn--kgbechtv",
]
ADDRESSES = st.builds(
    "{}@{}".format,
    st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    st.sampled_from(DOMAINS),
)


@given(ADDRESSES)
@hypothesis_settings(max_examples=50, deadline=None)
def test_every_sealed_address_has_one_size_and_comes_back_in_its_one_spelling(address):
    private, public = privacy.generate_key_pair()
    with override_settings(COMMENT_EMAIL_PUBLIC_KEY=public):
        normal = privacy.normalise_address(address)
        if len(normal.encode()) > privacy.ADDRESS_MAX_BYTES:
            with pytest.raises(ValueError, match="too long"):
                privacy.seal(address)
            return
        sealed = privacy.seal(address)

    assert len(sealed) == privacy.SEALED_SIZE == 304
    assert privacy.unseal(sealed, private) == normal


@given(ADDRESSES)
@hypothesis_settings(max_examples=50, deadline=None)
def test_an_address_in_its_one_spelling_stays_as_it_is(address):
    normal = privacy.normalise_address(address)

    assert privacy.normalise_address(normal) == normal


def test_two_domains_that_only_look_alike_stay_two():
    assert privacy.normalise_address("a@straße.example") == "a@xn--strae-oqa.example"
    assert privacy.normalise_address("a@strasse.example") == "a@strasse.example"


@pytest.mark.parametrize("domain", ["", "-", "a b", "[127.0.0.1]", "x" * 64, "a..b"])
def test_what_is_no_domain_is_refused(domain: str):
    with pytest.raises(ValueError):
        privacy.normalise_address(f"a@{domain}")


def test_the_longest_address_is_sealed_and_a_longer_one_is_refused(private_key):
    longest = "a" * 242 + "@example.org"

    assert len(longest) == 254
    assert privacy.unseal(privacy.seal(longest), private_key) == longest
    with pytest.raises(ValueError, match="too long"):
        privacy.seal("a" + longest)


def test_one_address_sealed_twice_gives_two_different_ciphertexts(private_key):
    assert privacy.seal(ADDRESS) != privacy.seal(ADDRESS)


@pytest.mark.parametrize(
    "spelling",
    [
        "Layla.Private@Example.org",
        "LAYLA.PRIVATE@EXAMPLE.ORG",
        f"  {ADDRESS}\n",
        "ｌａｙｌａ.ｐｒｉｖａｔｅ＠ｅｘａｍｐｌｅ．ｏｒｇ",
    ],
)
def test_every_spelling_of_a_mailbox_has_one_digest(spelling):
    assert privacy.address_digest(spelling) == privacy.address_digest(ADDRESS)
    assert len(privacy.address_digest(spelling)) == privacy.DIGEST_SIZE


def test_a_domain_has_one_digest_in_its_own_letters_and_in_ascii():
    domain = "جريدة.مثال"
    ascii_domain = domain.encode("idna").decode()

    assert privacy.normalise_address(f"layla@{domain}") == f"layla@{ascii_domain}"
    assert privacy.address_digest(f"layla@{domain}") == privacy.address_digest(
        unicodedata.normalize("NFD", f"layla@{ascii_domain}")
    )


@pytest.mark.parametrize(
    "another",
    ["layla.privat@example.org", "laylaprivate@example.org", "layla.private@example.com"],
)
def test_another_mailbox_has_another_digest(another):
    assert privacy.address_digest(another) != privacy.address_digest(ADDRESS)


def test_another_key_gives_another_digest(settings):
    before = privacy.address_digest(ADDRESS)
    settings.COMMENT_INDEX_KEY = privacy.generate_index_key()

    assert privacy.address_digest(ADDRESS) != before


def test_an_index_key_can_be_given_in_place_of_the_sites(settings):
    key = privacy.generate_index_key()
    digest = privacy.address_digest(ADDRESS, key)

    assert digest != privacy.address_digest(ADDRESS)
    settings.COMMENT_INDEX_KEY = key
    assert digest == privacy.address_digest(ADDRESS)


def test_a_public_key_can_be_given_in_place_of_the_sites(private_key):
    another_private_key, another_public_key = privacy.generate_key_pair()
    sealed = privacy.seal(ADDRESS, another_public_key)

    assert privacy.unseal(sealed, another_private_key) == ADDRESS
    with pytest.raises(CryptoError):
        privacy.unseal(sealed, private_key)


def test_what_was_sealed_by_somebody_else_is_not_quoted_in_an_error(private_key, settings):
    key = PublicKey(privacy.decode_key("key", settings.COMMENT_EMAIL_PUBLIC_KEY))
    sealed = SealedBox(key).encrypt(b"layla\xff".ljust(256, b"\0"))

    with pytest.raises(CryptoError) as refused:
        privacy.unseal(sealed, private_key)
    assert "layla" not in "".join(traceback.format_exception(refused.value))


def test_no_two_random_digests_are_the_same():
    assert len({privacy.random_digest() for _ in range(100)}) == 100
    assert len(privacy.random_digest()) == privacy.DIGEST_SIZE


def test_a_receipt_opens_whatever_the_index_key(settings):
    before = privacy.receipt_digest("a code")
    settings.COMMENT_INDEX_KEY = privacy.generate_index_key()

    assert privacy.receipt_digest("a code") == before != privacy.receipt_digest("another code")


# Networks


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_network_is_one_ipv4_address_or_the_line_of_an_ipv6_one(address, network):
    assert privacy.network_of(address) == network


@given(st.text(max_size=50))
@hypothesis_settings(max_examples=50, deadline=None)
def test_what_is_no_ip_address_has_no_network(text):
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        with pytest.raises(ValueError):
            privacy.network_of(text)


def test_the_digest_of_a_network_needs_both_the_salt_and_the_key(settings):
    salt, network = b"s" * 32, "203.0.113.7"
    before = privacy.network_digest(salt, network)

    assert privacy.network_digest(salt, network) == before
    assert privacy.network_digest(b"t" * 32, network) != before
    assert privacy.network_digest(salt, network, "report") != before
    settings.COMMENT_INDEX_KEY = privacy.generate_index_key()
    assert privacy.network_digest(salt, network) != before


def test_parts_of_a_networks_digest_do_not_run_together():
    salt = b"s" * 32

    assert privacy.network_digest(salt, "a", "bc") != privacy.network_digest(salt, "ab", "c")


def test_an_address_and_a_receipt_with_the_same_text_have_different_digests():
    assert privacy.address_digest(ADDRESS) != privacy.receipt_digest(ADDRESS)


def test_no_two_receipts_have_the_same_code_and_each_has_160_bits():
    codes = {privacy.new_receipt_code() for _ in range(100)}

    assert len(codes) == 100
    assert {len(code) for code in codes} == {27}


@pytest.mark.parametrize(
    "value", ["", "short", "not base64 at all!", "مفتاح", "A" * 42, "A" * 43, "A" * 88]
)
@pytest.mark.parametrize(
    ("name", "use"),
    [("COMMENT_EMAIL_PUBLIC_KEY", privacy.seal), ("COMMENT_INDEX_KEY", privacy.address_digest)],
)
def test_a_malformed_key_is_refused_by_the_name_of_its_variable(settings, name, use, value):
    setattr(settings, name, value)

    with pytest.raises(ImproperlyConfigured, match=f"^{name} is not a key of 32 bytes"):
        use(ADDRESS)
