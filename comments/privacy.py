"""Privacy of commenters: addresses sealed at the door, and a keyed digest in their place.

An address is encrypted to a public key (libsodium's sealed box); the private half is not on the
web server. What the newsroom recognises a commenter by is a digest under a secret key, which a
stolen database alone cannot turn back into an address. A leaf: it knows no model.
"""

import hashlib
import secrets
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode

import idna
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
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


def decode_key(name: str, value: str) -> bytes:
    """The 32 bytes of a key. Raises ImproperlyConfigured, naming the key, for anything else."""
    try:
        key = urlsafe_b64decode(value.encode("ascii"))
    except ValueError:
        key = b""
    if len(key) != KEY_SIZE:
        raise ImproperlyConfigured(
            f"{name} is not a key of {KEY_SIZE} bytes in URL-safe base64: "
            "make one with `manage.py comment_keys`."
        )
    return key


def normalise_address(address: str) -> str:
    """One spelling for one mailbox: NFKC, lower case, the domain in ASCII (IDNA 2008).

    Raises ValueError where the domain is none.
    """
    address = unicodedata.normalize("NFKC", address).strip().lower()
    local, _at, domain = address.rpartition("@")
    return f"{local}@{idna.encode(domain, uts46=True).decode('ascii')}"


def seal(address: str) -> bytes:
    """Encrypt an address so that only the holder of the private key can read it.

    Always `SEALED_SIZE` bytes. Raises ValueError when the address is longer than
    `ADDRESS_MAX_BYTES` in UTF-8.
    """
    plain = normalise_address(address).encode()
    if len(plain) > ADDRESS_MAX_BYTES:
        raise ValueError("The address is too long.")
    key = decode_key("COMMENT_EMAIL_PUBLIC_KEY", settings.COMMENT_EMAIL_PUBLIC_KEY)
    return SealedBox(PublicKey(key)).encrypt(plain.ljust(_PADDED_SIZE, b"\0"))


def unseal(sealed: bytes, private_key: str) -> str:
    """The address inside; `private_key` in URL-safe base64. Raises nacl's CryptoError."""
    key = PrivateKey(decode_key("The private key", private_key))
    return SealedBox(key).decrypt(sealed).rstrip(b"\0").decode()


def address_digest(address: str) -> bytes:
    """The keyed digest that stands for an address: the same for every spelling of one mailbox."""
    return _keyed_digest(normalise_address(address), purpose=b"address")


def new_receipt_code() -> str:
    """A code that nobody can guess (160 bits), shown to the commenter once."""
    return secrets.token_urlsafe(_RECEIPT_BYTES)


def receipt_digest(code: str) -> bytes:
    """What is stored of a receipt's code."""
    return _keyed_digest(code, purpose=b"receipt")


def _keyed_digest(text: str, *, purpose: bytes) -> bytes:
    key = decode_key("COMMENT_INDEX_KEY", settings.COMMENT_INDEX_KEY)
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE, key=key, person=purpose
    ).digest()


def _encode(key: bytes) -> str:
    return urlsafe_b64encode(key).decode("ascii")
