"""Who a form belongs to: plan, reporter, period and version, signed so that no other file passes for it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from forms.spec import FormSpec

IDENTITY_SHEET = "chuyenhoa"

# A label, not a secret: it tells our forms from others. An installation's own key is passed as an argument.
LABEL_KEY = b"chuyenhoa-bieu-mau"

IDENTITY_ROWS = ("plan", "reporter", "period", "version", "signature")


@dataclass(frozen=True)
class Identity:
    """What the hidden sheet says."""

    plan_id: str
    reporter_id: str
    period_id: str
    version: int


def identity_of(spec: FormSpec) -> Identity:
    """The identity of the form `spec`."""
    return Identity(spec.plan_id, spec.reporter.id, spec.period.id, spec.version)


def sign(identity: Identity, key: bytes = LABEL_KEY) -> str:
    """The HMAC-SHA256 of `identity` under `key`, in hexadecimal."""
    words = "\n".join((identity.plan_id, identity.reporter_id, identity.period_id, str(identity.version)))
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def is_signed(identity: Identity, signature: str, key: bytes = LABEL_KEY) -> bool:
    """Whether `signature` is that of `identity` under `key`."""
    return hmac.compare_digest(sign(identity, key).encode(), signature.encode())
