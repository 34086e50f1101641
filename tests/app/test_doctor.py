"""`paythread doctor` on an installation of several processes: what they need beside the database."""

from pathlib import Path

from tests.app.test_cli import Operator


def test_a_redis_that_does_not_answer_and_a_proxy_that_nobody_named_are_told(
    tmp_path: Path,
) -> None:
    operator = Operator(tmp_path)
    operator.run("migrate")
    done = operator.run(
        "doctor",
        PAYTHREAD_BASE_URL="https://pay.example.com",
        PAYTHREAD_REDIS_URL="redis://127.0.0.1:1/0",
    )
    assert 1 == done.returncode
    assert "MEND  proxy: name your proxy in PAYTHREAD_TRUSTED_PROXIES" in done.stdout
    assert "MEND  redis: it does not answer (ConnectionError)" in done.stdout
    assert "Traceback" not in done.stderr
