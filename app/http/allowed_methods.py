"""Which methods a path knows, over all doors: the `Allow` of a 405 lists each (RFC 9110, 15.5.6)."""

from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.routing import APIRoute


class AllowedMethods:
    """The framework names those of the one route that it tried first; a path may have several."""

    def __init__(self, routers: Iterable[APIRouter]) -> None:
        self._routes = [
            (route.path_format.count("{"), route.path_regex, frozenset(route.methods or ()))
            for router in routers
            for route in router.routes
            if isinstance(route, APIRoute)
        ]

    def at(self, path: str) -> str:
        """Shape: `GET, PATCH`; empty for a path that is none. A path by name comes before one that takes any word."""
        found = [(words, methods) for words, form, methods in self._routes if form.fullmatch(path)]
        fewest = min((words for words, _ in found), default=0)
        named = {method for words, methods in found if words == fewest for method in methods}
        return ", ".join(sorted(named))
