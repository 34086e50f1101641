"""The data flow is drawn from what there is: every table has a room, and card data goes to the PSP alone."""

from app.application import ROUTERS
from app.evidence.doors import doors
from app.evidence.flows import diagram, room_of, tables_by_room
from app.tables import MODULES, metadata


def test_every_table_stands_in_the_room_that_declares_it() -> None:
    found = tables_by_room(MODULES)
    assert set(metadata.tables) == {table for tables in found.values() for table in tables}
    assert "vault_keys" in found["compliance"]
    assert "links" in found["links"]
    assert "attempts" in found["payments"]


def test_a_door_leads_to_its_room() -> None:
    assert ["payments", "links", "channels", "agent_feed", "compliance"] == [
        room_of(path)
        for path in (
            "/webhooks/psp/{account}",
            "/p/{token}",
            "/v1/customers",
            "/v1/events",
            "/v1/sessions",
        )
    ]


def test_card_data_flows_from_the_customer_to_the_psp_and_nowhere_else() -> None:
    drawn = diagram(doors(ROUTERS), tables_by_room(MODULES)).splitlines()
    card = [line.strip() for line in drawn if "card number" in line]
    assert ["customer"] == [line.split()[0] for line in card]
    assert card[0].endswith("psp")
    assert "flowchart LR" == drawn[0]
