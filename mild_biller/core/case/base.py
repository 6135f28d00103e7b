"""The model every other model starts from: frozen, closed, silent about what was typed."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Hold values that never change; refuse keys nobody declared, but where a subclass is open to more (`extra`)."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        strict=True,
        alias_generator=lambda name: name.rstrip("_"),  # `from` is a word of Python
    )

    def with_(self, **changes: Any) -> Self:
        """Return a checked copy with `changes`; keys never given stay absent."""
        kept = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self).model_validate({**kept, **changes}, by_name=True, by_alias=False)
