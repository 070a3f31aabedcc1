"""Trees of pages laid together: the same trees, and their memory is used again."""

from __future__ import annotations

import subprocess
import sys

import pytest

TREES = """
import copy, hashlib, random
from lxml import etree
from corpusmill.tree_memory import region_count

names = ["p", "div", "a", "td", "table", "o:p", "x-y", "li", "h1", "title"]
def page(random):
    parts = []
    for _ in range(random.choice([3, 300, 3000])):
        name = random.choice(names)
        value = "v" * random.choice([0, 1, 7, 90, 20_000])
        parts.append(f"<{name} id=i{random.random()} class='{value}'>t&eacute;xt &#x4e2d; " * 2)
        parts.append(random.choice(["", f"</{name}>", "<br>", "<!-- c -->", "word " * 50]))
    return "".join(parts)

digest, kept, counts = hashlib.sha256(), [], []
parser = etree.HTMLParser(remove_comments=True, huge_tree=True)
for number in range(60):
    chance = random.Random(number % 20)
    root = etree.fromstring(page(chance), parser)
    for element in list(root.iter("td"))[::2]:
        element.getparent().remove(element)
    kept.append(copy.deepcopy(root)) if number < 3 else None
    for element in root.iter():
        element.set("data-n", "n" * chance.choice([1, 100]))
    digest.update(etree.tostring(root))
    digest.update(repr(len(root.xpath("//p[a]"))).encode())
    del root, element
    counts.append(region_count())
for root in kept:
    digest.update(etree.tostring(root))
print(digest.hexdigest(), max(counts[40:]) <= max(counts[20:40]) + 1, counts[-1] > 0)
"""
TOGETHER = "from corpusmill.memory import keep_trees_together\nassert keep_trees_together()\n"


def run(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.fixture(scope="module", autouse=True)
def _libxml2_shows_its_functions() -> None:
    code = "from corpusmill.memory import keep_trees_together\nprint(keep_trees_together())"
    if run(code) != ["True"]:
        pytest.skip("this build of lxml keeps the functions of libxml2 to itself")


def test_trees_are_the_same_and_their_memory_is_used_again() -> None:
    scattered, together = run(TREES), run(TOGETHER + TREES)
    assert together == [scattered[0], "True", "True"]
    assert scattered[2] == "False"


def test_workers_keep_trees_together() -> None:
    code = "import corpusmill.preload, corpusmill.tree_memory as m\nprint(m.region_count() > 0)"
    assert run(code) == ["True"]


def test_it_is_too_late_once_lxml_is_at_work() -> None:
    code = "import lxml.etree\nfrom corpusmill.memory import keep_trees_together\n"
    assert run(code + "print(keep_trees_together())") == ["False"]
