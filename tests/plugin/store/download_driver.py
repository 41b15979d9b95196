"""A QGIS process of its own that fetches a model and says what came of it: RESOURCES ADDRESS."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    spec = importlib.util.spec_from_file_location(
        "copgen", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["copgen"] = package
    spec.loader.exec_module(package)
    from copgen.copgen_plugin.runtime.service import get_service
    from copgen.copgen_plugin.store import catalogue
    from copgen.copgen_plugin.store.store import ModelStore

    catalogue.RESOURCES = Path(sys.argv[1])
    store = ModelStore(get_service())
    store.start_download("published", sys.argv[2])
    while store.is_busy("published"):
        application.processEvents()
    print(store.state("published").kind, store.said.get("published", ""), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
