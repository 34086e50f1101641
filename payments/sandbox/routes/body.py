"""How much of a request is read? Never more than the limit, whatever its length claims."""

from starlette.requests import Request

from payments.sandbox.errors import BadRequest

BODY_BYTES_MAX = 262_144


async def read_body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_BYTES_MAX:
            raise BadRequest("The request body is too large.", status=413)
        parts.append(part)
    return b"".join(parts)
