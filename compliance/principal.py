"""Who is calling, for whom, and what they may see."""

from dataclasses import dataclass
from typing import Literal

from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from core.errors import Kind, PaythreadError


class NotAllowed(PaythreadError):
    """The caller is known, and may not do this."""

    code = "not_allowed"
    kind = Kind.FORBIDDEN


class NotSignedIn(PaythreadError):
    """No credentials, or none that hold (any more)."""

    code = "not_signed_in"
    kind = Kind.UNAUTHENTICATED


@dataclass(frozen=True, slots=True)
class Principal:
    """An authenticated caller of one merchant: a user in a session, or software with an API key.

    `teammates` are the user ids whose work an agent may see, their own included; None is everybody's.
    `scopes` are the permissions that a key was made for; None is all that its role holds.
    `granted` is what a role of the merchant's own holds, in place of what its base `role` does.
    """

    merchant: str
    kind: Literal["user", "key"]
    id: str
    name: str
    role: Role
    team: str | None = None
    teammates: frozenset[str] | None = None
    session: str | None = None
    scopes: frozenset[Permission] | None = None
    granted: frozenset[Permission] | None = None

    @property
    def actor(self) -> str:
        """How the journal names this caller."""
        return f"{self.kind}:{self.id}"

    @property
    def agent(self) -> str | None:
        """The user id that work made by this caller belongs to; software owns none."""
        return self.id if self.kind == "user" else None

    @property
    def permissions(self) -> frozenset[Permission]:
        """All that this caller may do."""
        held = ROLE_PERMISSIONS[self.role] if self.granted is None else self.granted
        return held if self.scopes is None else held & self.scopes

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raises `NotAllowed` unless the role holds the permission."""
        if not self.may(permission):
            raise NotAllowed("Your role does not allow this.")

    def sees_work_of(self, agent: str | None) -> bool:
        """Whether this caller may see work that belongs to the agent (None: to nobody)."""
        return self.teammates is None or (agent is not None and agent in self.teammates)
