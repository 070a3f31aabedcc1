"""Compiles the engine's Cython modules into the wheel, or beside their sources for a checkout.

The modules are those loops over characters, elements and trees that numpy cannot take in one
call.  A wheel that holds them is of one platform; whoever builds one needs a C compiler.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "corpusmill"
SCRATCH = Path("build") / "compiled"

FLAGS = [] if os.name == "nt" else ["-O3", "-ffp-contract=off", "-g0"]
"""Contracted multiplications and additions would round otherwise than on other machines."""

NO_COMPILER = """\
corpusmill's compiled modules could not be built: they need a C compiler and the headers of Python
(Debian and Ubuntu: apt-get install gcc python3-dev; macOS: xcode-select --install; Windows: the
Microsoft C++ Build Tools). The compiler's own words stand above."""

DIRECTIVES = {
    "language_level": 3,
    "boundscheck": False,
    "wraparound": False,
    "initializedcheck": False,
    "cdivision": True,
}


class CompiledModules(BuildHookInterface):
    """Turns every `.pyx` of the package into an extension module."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling calls it
        """Compile what is older than its source, and have the wheel take it along."""
        os.chdir(self.root)
        _compile()
        build_data["artifacts"] += ["*.so", "*.pyd"]
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def _compile() -> None:
    """Make the extension modules, each beside its source."""
    import lxml
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext
    from setuptools.errors import CompileError, LinkError, PlatformError

    sources = sorted(Path(PACKAGE).rglob("*.pyx"))
    extensions = [
        Extension(
            ".".join(path.with_suffix("").parts),
            [str(path)],
            extra_compile_args=FLAGS,
            include_dirs=lxml.get_include(),
        )
        for path in sources
    ]
    made = cythonize(
        extensions,
        build_dir=str(SCRATCH),
        compiler_directives=DIRECTIVES,
        nthreads=os.cpu_count(),
        quiet=True,
    )
    command = build_ext(Distribution({"ext_modules": made}))
    command.inplace = True
    command.parallel = os.cpu_count()
    command.build_temp = str(SCRATCH)
    command.ensure_finalized()
    try:
        command.run()
    except (CompileError, LinkError, PlatformError) as error:
        raise SystemExit(f"{error}\n{NO_COMPILER}") from None
