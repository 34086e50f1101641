"""`/v1/settings`: what a merchant's admins may tune, for those who answer for it to see."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from pydantic import ConfigDict, RootModel, model_validator

from compliance import masking
from compliance.merchant_settings import SettingsBook
from compliance.principal import Principal
from compliance.roles import Permission
from compliance.routes.gate import allowed, client_address, gate_of

router = APIRouter(tags=["settings"])


class Changes(RootModel[dict[str, dict[str, Any]]]):
    """Shape: `{"fraud": {"block_amount_units": 1000}}`. What is not named stays; null is the default again."""

    model_config = ConfigDict(strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _no_card_number(cls, value: Any) -> Any:
        if masking.value_holds_card_number(value):
            raise ValueError("card_number: a card number must never be sent here")
        return value


def _book(request: Request) -> SettingsBook:
    book: SettingsBook = request.app.state.settings_book
    return book


@router.get("/v1/settings")
async def show(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_READ)
) -> dict[str, dict[str, Any]]:
    """Every setting with the value that holds, by kind; defaults where nobody chose."""
    async with gate_of(request).database.snapshot() as session:
        return await _book(request).all(session, caller.merchant)


@router.get("/v1/settings/schema")
async def schema(
    request: Request, caller: Principal = allowed(Permission.SETTINGS_READ)
) -> dict[str, dict[str, Any]]:
    """What each kind of settings can be set to: a JSON Schema for each, with the defaults."""
    return _book(request).shapes()


@router.patch("/v1/settings")
async def change(
    changes: Annotated[Changes, Body()],
    request: Request,
    caller: Principal = allowed(Permission.SETTINGS_WRITE),
) -> dict[str, dict[str, Any]]:
    """Changes what is named, all or nothing, and answers every setting. 422 with a pointer for each fault."""
    gate = gate_of(request)
    async with gate.database.transaction() as session:
        return await _book(request).change(
            session,
            caller.merchant,
            changes.root,
            actor=caller.actor,
            origin=client_address(request),
            now=gate.clock(),
        )
