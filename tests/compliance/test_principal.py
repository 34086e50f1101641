"""A caller may do what their role holds, sees what their team does, and nothing more."""

import pytest

from compliance.principal import NotAllowed
from compliance.roles import ROLE_PERMISSIONS, Permission, Role
from tests.support.people import person, software


def test_every_role_says_what_it_may_do_and_every_permission_is_held_by_somebody() -> None:
    assert set(Role) == set(ROLE_PERMISSIONS)
    assert set(Permission) == set().union(*ROLE_PERMISSIONS.values())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_what_a_role_does_not_hold_is_refused(role: Role, permission: Permission) -> None:
    caller = person("mer_1", role)
    if permission in ROLE_PERMISSIONS[role]:
        caller.require(permission)
        assert caller.may(permission)
    else:
        assert not caller.may(permission)
        with pytest.raises(NotAllowed):
            caller.require(permission)


def test_an_auditor_changes_nothing() -> None:
    writing = {permission for permission in Permission if permission.value.endswith(".write")}
    assert not writing & ROLE_PERMISSIONS[Role.AUDITOR]


def test_an_agent_sees_no_privileged_events_and_no_other_teams_work() -> None:
    held = ROLE_PERMISSIONS[Role.AGENT]
    assert not {Permission.EVENTS_READ_PRIVILEGED, Permission.MERCHANT_WIDE} & held


def test_an_agent_sees_their_own_and_their_teams_work_and_none_that_is_nobodys() -> None:
    agent = person("mer_1", Role.AGENT, teammates=frozenset({"usr_mate"}))
    assert [True, True, False, False] == [
        agent.sees_work_of(who) for who in (agent.id, "usr_mate", "usr_stranger", None)
    ]


def test_a_supervisor_and_software_see_everybodys_work() -> None:
    for caller in (person("mer_1", Role.SUPERVISOR), software("mer_1")):
        assert caller.sees_work_of("usr_anybody")
        assert caller.sees_work_of(None)


def test_the_journal_names_people_and_software_apart_and_only_people_own_work() -> None:
    agent, key = person("mer_1"), software("mer_1")
    assert (f"user:{agent.id}", agent.id) == (agent.actor, agent.agent)
    assert (f"key:{key.id}", None) == (key.actor, key.agent)
