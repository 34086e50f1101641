"""`/v1/conversations/{id}/…`: who has a thread, and whether it is done."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator

from channels import conversation_acts
from channels.conversation_access import get_visible
from channels.conversation_reading import mark_read
from channels.conversation_view import conversation_json
from channels.conversations import Conversation
from compliance.journal import Reader
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.bodies import Body, Line, Moment, Text
from compliance.routes.gate import allowed, gate_of
from compliance.routes.once import OnceOnly
from core.clock import rfc3339
from core.database import Session
from core.errors import InvalidField

router = APIRouter(tags=["conversations"])

HISTORY_MAX: Final = 100
_Id = Annotated[str, Field(min_length=1, max_length=40)]
_Move = Callable[[Session, Conversation], Awaitable[Conversation]]


class AssignBody(Body):
    """Whose the thread is from now on: an agent's id, `me`, `bot`, or null for nobody's."""

    agent: _Id | None


class _Heir(Body):
    """An agent or a team."""

    # A note may quote the customer: what looks like a card number is masked.
    masks: ClassVar[bool] = True

    agent: _Id | None = None
    team: Annotated[Line, Field(max_length=40)] | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if self.agent is not None and self.team is not None:
            raise ValueError("give an agent or a team, not both")
        return self


class TransferBody(_Heir):
    """To whom, and what they should know."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.agent is None and self.team is None:
            raise ValueError("give an agent or a team")
        return self


class Said(Body):
    """What was said to the bot elsewhere."""

    masks: ClassVar[bool] = True

    by: Literal["customer", "bot"]
    text: Text
    at: Moment | None = None


class HandOverBody(_Heir):
    """To whom (nobody yet, if neither is given), and what was said before."""

    history: Annotated[list[Said], Field(max_length=HISTORY_MAX)] = Field(default_factory=list)


class ReadBody(Body):
    """The newest message that was read."""

    message: _Id


@router.post("/v1/conversations/{conversation_id}/read")
async def read(
    conversation_id: str,
    body: ReadBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CONVERSATIONS_WRITE),
) -> Response:
    """What the customer wrote up to this message is read, by whoever answers; the mark never moves back."""

    async def move(session: Session, thread: Conversation) -> Conversation:
        await mark_read(session, thread, body.message)
        return thread

    return await _run(request, once, caller, conversation_id, move)


@router.post("/v1/conversations/{conversation_id}/assign")
async def assign(
    conversation_id: str,
    body: AssignBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CONVERSATIONS_WRITE),
) -> Response:
    """Gives the thread to an agent, to the bot, or to nobody."""
    gate = gate_of(request)
    agent = body.agent
    if agent == "me":
        if caller.agent is None:
            raise InvalidField("/agent", "Software is no agent; name one.")
        agent = caller.agent

    async def move(session: Session, thread: Conversation) -> Conversation:
        return await conversation_acts.assign(
            session, gate.vault, caller, thread.id, agent, now=gate.clock()
        )

    return await _run(request, once, caller, conversation_id, move)


@router.post("/v1/conversations/{conversation_id}/transfer")
async def transfer(
    conversation_id: str,
    body: TransferBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CONVERSATIONS_WRITE),
) -> Response:
    """Passes the thread on to a colleague or a team, with a note."""
    gate = gate_of(request)

    async def move(session: Session, thread: Conversation) -> Conversation:
        return await conversation_acts.transfer(
            session,
            gate.vault,
            caller,
            thread.id,
            agent=body.agent,
            team=body.team,
            note=body.note,
            now=gate.clock(),
        )

    return await _run(request, once, caller, conversation_id, move)


@router.post("/v1/conversations/{conversation_id}/hand-over")
async def hand_over(
    conversation_id: str,
    body: HandOverBody,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CONVERSATIONS_WRITE),
) -> Response:
    """From the bot to a person, with its history."""
    gate = gate_of(request)
    history = [
        {"by": one.by, "text": one.text, **({"at": rfc3339(one.at)} if one.at else {})}
        for one in body.history
    ]

    async def move(session: Session, thread: Conversation) -> Conversation:
        return await conversation_acts.hand_over(
            session,
            gate.vault,
            caller,
            thread.id,
            agent=body.agent,
            team=body.team,
            note=body.note,
            history=history,
            now=gate.clock(),
        )

    return await _run(request, once, caller, conversation_id, move)


@router.post("/v1/conversations/{conversation_id}/close")
async def close(
    conversation_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CONVERSATIONS_WRITE),
) -> Response:
    """Done, until somebody writes in it again."""
    gate = gate_of(request)

    async def move(session: Session, thread: Conversation) -> Conversation:
        return await conversation_acts.close(session, caller, thread.id, now=gate.clock())

    return await _run(request, once, caller, conversation_id, move)


@router.post("/v1/conversations/{conversation_id}/reopen")
async def reopen(
    conversation_id: str,
    request: Request,
    once: OnceOnly,
    caller: Principal = allowed(Permission.CONVERSATIONS_WRITE),
) -> Response:
    """Not done after all."""
    gate = gate_of(request)

    async def move(session: Session, thread: Conversation) -> Conversation:
        return await conversation_acts.reopen(session, caller, thread.id, now=gate.clock())

    return await _run(request, once, caller, conversation_id, move)


async def _run(
    request: Request, once: OnceOnly, caller: Principal, conversation: str, move: _Move
) -> Response:
    """One act on a thread that the caller may see; answers the thread after it."""
    gate = gate_of(request)

    async def act(session: Session) -> tuple[int, Any]:
        thread = await get_visible(session, Reader(gate.vault), caller, conversation)
        moved = await move(session, thread)
        return 200, await conversation_json(session, gate.vault, moved, now=gate.clock())

    return await once.run(act)
