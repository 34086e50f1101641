"""What is sent is as small as this browser can take it."""

from __future__ import annotations

import gzip

import brotli
import pytest

from links.pay.compressing import compressed, encoding_for

BODY = b"Pay what is due. " * 50


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR ; q=1.0", "br"),
        ("identity", None),
        ("gzip;q=0", None),
        ("", None),
    ],
)
def test_the_best_that_the_browser_takes(accepts: str, encoding: str | None) -> None:
    """Brotli before gzip, and nothing that was refused."""
    assert encoding_for(accepts) == encoding


def test_what_was_made_small_is_whole_again() -> None:
    """Each way, for one page or once for all."""
    for once in (False, True):
        assert brotli.decompress(compressed(BODY, "br", once=once)) == BODY
        assert gzip.decompress(compressed(BODY, "gzip", once=once)) == BODY
    assert compressed(BODY, None) == BODY
