"""The demo's own secrets: made once for a data folder, kept beside the data, good for nothing else."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from app.demo.messengers import new_messenger_secrets
from compliance import passwords
from compliance.api_keys import generate_secret
from compliance.master_keys import MasterKey

FILE = "demo-secrets.json"


@dataclass(frozen=True, slots=True, repr=False)
class DemoSecrets:
    """Everything random that the demo's processes share. A restart on the same folder finds the same ones."""

    master_key: str
    api_key: str
    stripe_secret_key: str
    stripe_publishable_key: str
    stripe_webhook_secret: str
    twilio_account_sid: str
    twilio_auth_token: str
    smtp_username: str
    smtp_password: str
    passwords: dict[str, str]
    messengers: dict[str, str] = field(default_factory=dict)


def load_or_make(folder: Path, emails: list[str]) -> DemoSecrets:
    """The folder's secrets; the file is readable by its owner alone."""
    path = folder / FILE
    if path.is_file():
        kept = DemoSecrets(**json.loads(path.read_text()))
        if kept.messengers:
            return kept
        # A folder of before there were any.
        kept = replace(kept, messengers=new_messenger_secrets())
        write_private(path, json.dumps(asdict(kept), indent=2))
        return kept
    made = DemoSecrets(
        master_key=MasterKey.generate_text(),
        api_key=generate_secret(),
        stripe_secret_key=f"sk_test_{secrets.token_hex(24)}",
        stripe_publishable_key=f"pk_test_{secrets.token_hex(24)}",
        stripe_webhook_secret=f"whsec_{secrets.token_hex(24)}",
        twilio_account_sid=f"AC{secrets.token_hex(16)}",
        twilio_auth_token=secrets.token_hex(16),
        smtp_username="paythread",
        smtp_password=secrets.token_urlsafe(18),
        passwords={email: passwords.generate() for email in emails},
        messengers=new_messenger_secrets(),
    )
    write_private(path, json.dumps(asdict(made), indent=2))
    return made


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read, in one step: a reader sees all of it or none."""
    draft = path.with_name(f"{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
