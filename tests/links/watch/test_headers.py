"""Every answer of the customer's door carries the headers that keep it safe, whatever it answers."""

from tests.links.watch.conftest import Watched

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "strict-origin",
}


async def test_every_answer_on_the_way_to_a_payment_carries_them(watched: Watched) -> None:
    url = await watched.link()
    token = url.rpartition("/")[2]
    link = (await watched.client.get("/v1/links", headers=watched.headers)).json()["data"][0]["id"]
    asset = watched.house.pay_desk.assets.url("pay.js")
    answers = {
        "page": await watched.client.get(f"/p/{token}"),
        "state": await watched.client.get(f"/p/{token}/state"),
        "code": await watched.client.get(f"/p/{token}/qr.svg"),
        "asset": await watched.client.get(asset),
        "no asset": await watched.client.get("/p/assets/none.js"),
        "unknown": await watched.client.get(f"/p/{'0' * 24}"),
        "unknown state": await watched.client.get(f"/p/{'0' * 24}/state"),
        "method": await watched.client.put(f"/p/{token}"),
        "report": await watched.client.post("/p/reports/csp", json={}),
    }
    await watched.client.post(f"/v1/links/{link}/cancel", headers=watched.headers)
    answers["ended"] = await watched.client.get(f"/p/{token}")
    for _ in range(125):
        answers["limit"] = await watched.client.get(f"/p/{'1' * 24}")
    assert [200, 200, 200, 200, 404, 404, 404, 405, 204, 410, 429] == [
        each.status_code for each in answers.values()
    ]
    for name, answer in answers.items():
        for header, value in EVERYWHERE.items():
            assert value == answer.headers.get(header), (name, header)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], name
        assert "camera=()" in answer.headers["permissions-policy"], name
        assert "strict-transport-security" not in answer.headers, name
        assert "set-cookie" not in answer.headers, name
