"""The README shows the workflow as it is."""

import re

from whole_workflow import ROOT, Workflow

EDGE = re.compile(r"^\s*(.+?) --> (.+)$", re.MULTILINE)


def test_the_rule_graph_of_the_readme_is_that_of_the_workflow():
    said = Workflow(ROOT).run("--rulegraph", "mermaid-js").stdout
    names = dict(re.findall(r"(id\d+)\[(\w+)\]", said))
    drawn = {(names[before], names[after]) for before, after in EDGE.findall(said)}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    graph = readme.split("```mermaid")[1].split("```")[0]
    shown = {
        (before, after) for before, several in EDGE.findall(graph) for after in several.split(" & ")
    }
    assert shown == drawn
