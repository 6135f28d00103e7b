"""Put `resources/` into the wheel, and keep it out of an editable install, which reads the folder itself."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelResources(BuildHookInterface[Any]):
    """Add the data files to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map `resources` to `mild_biller/_resources` unless the build is an editable one."""
        if version != "editable":
            build_data["force_include"]["resources"] = "mild_biller/_resources"
