"""Privacy of commenters: addresses sealed at the door, and a keyed digest in their place.

An address is encrypted to a public key (libsodium's sealed box); the private half is not on the
web server. What the newsroom recognises a commenter by is a digest under a secret key, which a
stolen database alone cannot turn back into an address. A leaf: it knows no model.
"""

import hashlib
import secrets
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from ipaddress import IPv6Address, ip_address, ip_network

import idna
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.views.decorators.debug import sensitive_variables
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

KEY_SIZE = 32
# RFC 5321 allows 254 bytes; every address is padded to one size, so that none tells its length.
ADDRESS_MAX_BYTES = 254
_PADDED_SIZE = 256
SEALED_SIZE = _PADDED_SIZE + 48
DIGEST_SIZE = 32
_RECEIPT_BYTES = 20


def generate_key_pair() -> tuple[str, str]:
    """A new pair for sealing addresses: private half, public half, in URL-safe base64."""
    private = PrivateKey.generate()
    return _encode(bytes(private)), _encode(bytes(private.public_key))


def generate_index_key() -> str:
    """A new secret for the keyed digests, in URL-safe base64."""
    return _encode(secrets.token_bytes(KEY_SIZE))


@sensitive_variables("value", "key")
def decode_key(name: str, value: str) -> bytes:
    """The 32 bytes of a key. Raises ImproperlyConfigured, naming the key, for anything else."""
    try:
        key = urlsafe_b64decode(value.encode("ascii"))
    except ValueError:
        key = b""
    if len(key) != KEY_SIZE:
        raise ImproperlyConfigured(
            f"{name} is not a key of {KEY_SIZE} bytes in URL-safe base64, "
            "as `manage.py comment_keys` prints it."
        )
    return key


@sensitive_variables()
def normalise_address(address: str) -> str:
    """One spelling for one mailbox: NFKC, lower case, the domain in ASCII (IDNA 2008).

    Raises ValueError where the domain is none.
    """
    address = unicodedata.normalize("NFKC", address).strip().lower()
    local, _at, domain = address.rpartition("@")
    return f"{local}@{idna.encode(domain, uts46=True).decode('ascii')}"


@sensitive_variables()
def seal(address: str, public_key: str | None = None) -> bytes:
    """Encrypt an address so that only the holder of the private key can read it.

    `public_key` is in URL-safe base64 (default: the site's). Always `SEALED_SIZE` bytes. Raises
    ValueError when the address is longer than `ADDRESS_MAX_BYTES` in UTF-8.
    """
    plain = normalise_address(address).encode()
    if len(plain) > ADDRESS_MAX_BYTES:
        raise ValueError("The address is too long.")
    encoded = settings.COMMENT_EMAIL_PUBLIC_KEY if public_key is None else public_key
    key = decode_key("COMMENT_EMAIL_PUBLIC_KEY", encoded)
    return SealedBox(PublicKey(key)).encrypt(plain.ljust(_PADDED_SIZE, b"\0"))


@sensitive_variables()
def unseal(sealed: bytes, private_key: str) -> str:
    """The address inside; `private_key` in URL-safe base64.

    Raises nacl's CryptoError where the key does not open it, ImproperlyConfigured where it is no
    key at all.
    """
    key = PrivateKey(decode_key("The private key", private_key))
    try:
        return SealedBox(key).decrypt(sealed).rstrip(b"\0").decode()
    except UnicodeDecodeError:
        # Whose message would quote what was inside.
        raise CryptoError("What was sealed is no address.") from None


@sensitive_variables()
def address_digest(address: str, index_key: str | None = None) -> bytes:
    """The keyed digest that stands for an address: the same for every spelling of one mailbox.

    `index_key` is in URL-safe base64 (default: the site's).
    """
    return _keyed_digest(normalise_address(address), purpose=b"address", index_key=index_key)


def random_digest() -> bytes:
    """A digest that stands for no address: whoever is given it is recognised by none."""
    return secrets.token_bytes(DIGEST_SIZE)


def new_receipt_code() -> str:
    """A code that nobody can guess (160 bits), shown to the commenter once."""
    return secrets.token_urlsafe(_RECEIPT_BYTES)


def receipt_digest(code: str) -> bytes:
    """What is stored of a receipt's code: without a key, which its 160 random bits do not need."""
    data = code.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE, person=b"receipt").digest()


def network_digest(salt: bytes, *parts: str) -> bytes:
    """The digest of a network, or of what came from it, that nobody can redo without the salt."""
    return _keyed_digest(salt.hex() + "\0" + "\0".join(parts), purpose=b"network")


def text_digest(text: str) -> bytes:
    """The digest of what a comment says, that nobody can redo without the index key."""
    return _keyed_digest(text, purpose=b"text")


def network_of(address: str) -> str:
    """The network that an IP address stands for: itself, or the /64 that an IPv6 line is given.

    Raises ValueError for what is no IP address.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ip_network((ip, 64), strict=False))
    return str(ip)


def keyed_number(text: str) -> int:
    """A large number that nobody can foretell without the index key."""
    return int.from_bytes(_keyed_digest(text, purpose=b"pseudonym")[:8], "big")


@sensitive_variables()
def _keyed_digest(text: str, *, purpose: bytes, index_key: str | None = None) -> bytes:
    encoded = settings.COMMENT_INDEX_KEY if index_key is None else index_key
    key = decode_key("COMMENT_INDEX_KEY", encoded)
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE, key=key, person=purpose
    ).digest()


def _encode(key: bytes) -> str:
    return urlsafe_b64encode(key).decode("ascii")
