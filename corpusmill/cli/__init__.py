"""The command line: parse, settings, one engine call, print.

Results go to standard output, messages to standard error.  Exit status: 0 done, 1 a check
or the work failed, 2 wrong usage.  Each command's module is imported when it is run.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import logging
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from corpusmill import __version__
from corpusmill.errors import CorpusmillError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        arguments: Words after the program's name; those of the process where None.
    """
    if arguments is None:  # it ends with this command, and would look through all it loaded: 0.5 s
        atexit.register(gc.freeze)
    options = build_parser().parse_args(arguments)
    _start_logging(logging.INFO if options.verbose else logging.WARNING)
    command = import_module(f"corpusmill.cli.{options.command}")
    try:
        status: int = command.run(options)
    except SettingsError as error:
        return _complain(error, EXIT_USAGE)
    except CorpusmillError as error:
        return _complain(error, EXIT_FAILED)
    except KeyboardInterrupt:
        return _complain("interrupted; nothing was published", EXIT_INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    return status


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="corpusmill",
        description="Turn raw web pages into a versioned, validated, citable Parquet dataset.",
    )
    parser.add_argument("--version", action="version", version=f"corpusmill {__version__}")
    parser.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_add_release, _add_verify, _add_clean, _add_inspect, _add_diff, _add_report):
        add(commands.add_parser)
    for add in (_add_publish, _add_withdraw):
        add(commands.add_parser)
    return parser


def _start_logging(level: int) -> None:
    """Log to standard error; libraries that set a level of their own are held to ours."""
    handler = logging.StreamHandler()
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


def _complain(message: object, status: int) -> int:
    print(f"corpusmill: {message}", file=sys.stderr)
    return status


def _add_release(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add(
        "release",
        help="make a validated release from raw pages",
        description="Read raw pages, refine and validate them, publish an immutable release.",
        epilog="example: corpusmill release raw --dataset dataset --version auto",
    )
    parser.add_argument("raw", metavar="RAW", help="file, folder, glob or fsspec URL of raw pages")
    parser.add_argument("--dataset", required=True, type=Path, metavar="DIR", help="dataset folder")
    parser.add_argument(
        "--version",
        default="auto",
        metavar="auto|X.Y.Z",
        help="version of the release; auto computes it from what changed (default)",
    )
    parser.add_argument(
        "--released-on", metavar="DATE", help="date of the release, YYYY-MM-DD (default: today)"
    )
    parser.add_argument(
        "--rebuild", action="store_true", help="refine again what earlier releases hold"
    )
    parser.add_argument(
        "--store",
        metavar="URL",
        help="folder or fsspec URL that keeps refined work (default: .store in the dataset)",
    )
    parser.add_argument(
        "--to",
        action="append",
        default=[],
        metavar="TARGET",
        help="publish the release there too (see publish); may be repeated",
    )
    _add_workers(parser)
    _add_engine_options(parser)
    _add_output(parser)


def _add_verify(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add(
        "verify",
        help="re-read a release and find any changed, missing or extra byte",
        description="Re-read everything in a release and compare it with its manifest.",
        epilog="example: corpusmill verify dataset/releases/1.0.0",
    )
    parser.add_argument(
        "release", metavar="RELEASE", help="release or dataset, as a folder or fsspec URL"
    )
    parser.add_argument(
        "--version", default="latest", metavar="X.Y.Z", help="which release of a dataset"
    )
    parser.add_argument("--digest", metavar="HEX", help="digest that the release must have")
    _add_output(parser)


def _add_clean(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add(
        "clean",
        help="clean single pages: page in, text out",
        description="Strip boilerplate from pages. Reads standard input where no file is given.",
        epilog="example: corpusmill clean page.html > page.clean.txt",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="HTML or text files")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help="stream filter: a JSON object a line in (id, one of html/text/lines, url), one out",
    )
    _add_workers(parser)
    _add_engine_options(parser)
    _add_output(parser)


def _add_inspect(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add(
        "inspect",
        help="show what is kept and removed on a page, and why",
        description="Show a page with kept and removed segments told apart.",
        epilog="example: corpusmill inspect page.html --html page.inspect.html",
    )
    parser.add_argument("file", metavar="FILE", help="an HTML or text file, - for standard input")
    parser.add_argument(
        "--html", type=Path, metavar="OUT.html", help="write one self-contained page instead"
    )
    _add_engine_options(parser)


def _add_diff(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add(
        "diff",
        help="show what changed between two releases",
        description="Compare two releases: documents, contracts, languages, sites.",
        epilog="example: corpusmill diff 1.0.0 1.1.0 --dataset dataset",
    )
    parser.add_argument("before", metavar="A", help="release folder; a version with --dataset")
    parser.add_argument("after", metavar="B", help="the same for the other release")
    parser.add_argument("--dataset", metavar="DIR", help="dataset folder that A and B are in")
    parser.add_argument(
        "--ledger", action="store_true", help="compare the rows of segments too (slower)"
    )
    parser.add_argument(
        "--list", type=Path, metavar="FILE.jsonl", help="write every changed document, one a line"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the result there")
    parser.add_argument(
        "--output", choices=("text", "json", "html"), default="text", help="form of the result"
    )


def _add_report(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add(
        "report",
        help="write one HTML page that shows what is in a release",
        description="Write one self-contained HTML page about a release; it works offline.",
        epilog="example: corpusmill report dataset --out report.html",
    )
    parser.add_argument(
        "release", metavar="RELEASE", help="release folder, dataset folder (its latest) or version"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("report.html"),
        metavar="FILE.html",
        help="where to (default: report.html)",
    )


def _add_publish(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add(
        "publish",
        help="copy a release to where its readers are",
        description="Copy a verified release to a target, read it back, make it visible last. "
        "TARGET is a dataset folder, an fsspec URL (s3://bucket/dataset), git:DIR (a commit and "
        "an annotated tag), huggingface:DIR (a dataset repository, laid out) or "
        "hf://datasets/OWNER/NAME (pushed).",
        epilog="example: corpusmill publish dataset s3://corpora/lake-news",
    )
    parser.add_argument(
        "release", metavar="RELEASE", help="release folder, dataset folder (its latest) or version"
    )
    parser.add_argument("target", metavar="TARGET", help="where to")
    parser.add_argument(
        "--without-data", action="store_true", help="git only: leave the Parquet files out"
    )
    _add_output(parser)


def _add_withdraw(add: Callable[..., argparse.ArgumentParser]) -> None:
    parser = add(
        "withdraw",
        help="take pages out of all releases to come",
        description="Note pages that the next release leaves out, as digests; or delete the data "
        "of old releases.",
        epilog="example: corpusmill withdraw dataset --url https://a.example/page",
    )
    parser.add_argument(
        "dataset", metavar="DATASET", help="dataset folder; with --retire alone also a URL"
    )
    parser.add_argument(
        "--page", action="append", default=[], metavar="ID", help="page id; may be repeated"
    )
    parser.add_argument(
        "--url", action="append", default=[], metavar="URL", help="address; may be repeated"
    )
    parser.add_argument(
        "--from",
        action="append",
        default=[],
        type=Path,
        dest="lists",
        metavar="FILE",
        help="file with a page id or address a line",
    )
    parser.add_argument(
        "--older-captures",
        action="store_true",
        help="all captures of an address but the newest",
    )
    parser.add_argument(
        "--retire",
        action="append",
        default=[],
        metavar="X.Y.Z",
        help="delete the data of a release that has a successor; may be repeated",
    )
    parser.add_argument(
        "--retired-on", metavar="DATE", help="date on the tombstone, YYYY-MM-DD (default: today)"
    )
    _add_output(parser)


def _add_workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="worker processes (default: all cores); changes no byte of the result",
    )


def _add_engine_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--settings", type=Path, metavar="FILE.toml", help="settings file (docs/settings.md)"
    )
    parser.add_argument(
        "--extractor",
        choices=("auto", "trafilatura"),
        help="who decides on HTML pages (default: auto, the page model)",
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", choices=("text", "json"), default="text", help="form of the result"
    )


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word} is below 1")
    return number
