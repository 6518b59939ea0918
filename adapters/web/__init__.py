"""A small local team chat in the browser, so that the tutor can be tried without any token."""

from adapters.web.adapter import WebAdapter

__all__ = ["WebAdapter"]
